namespace Cake.Docker;

/// <summary>The options of docker rmi.</summary>
public sealed class DockerImageRemoveSettings : AutoToolSettings
{
    public bool? Force { get; set; }

    public bool? NoPrune { get; set; }
}
