namespace Cake.Docker;

/// <summary>What docker rm takes.</summary>
public sealed class DockerContainerRmSettings : AutoToolSettings
{
    public bool? Force { get; set; }

    public bool? Link { get; set; }

    public bool? Volumes { get; set; }
}
