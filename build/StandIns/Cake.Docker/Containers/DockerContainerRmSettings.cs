namespace Cake.Docker;

/// <summary>The options of docker rm.</summary>
public sealed class DockerContainerRmSettings : AutoToolSettings
{
    public bool? Force { get; set; }

    public bool? Link { get; set; }

    public bool? Volumes { get; set; }
}
