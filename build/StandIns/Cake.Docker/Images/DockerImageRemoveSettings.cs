namespace Cake.Docker;

/// <summary>What docker rmi takes.</summary>
public sealed class DockerImageRemoveSettings : AutoToolSettings
{
    public bool? Force { get; set; }

    public bool? NoPrune { get; set; }
}
