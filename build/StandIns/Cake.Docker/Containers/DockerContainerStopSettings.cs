namespace Cake.Docker;

/// <summary>The options of docker stop.</summary>
public sealed class DockerContainerStopSettings : AutoToolSettings
{
    public int? Time { get; set; }
}
