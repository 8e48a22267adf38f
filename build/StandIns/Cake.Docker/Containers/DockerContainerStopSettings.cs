namespace Cake.Docker;

/// <summary>What docker stop takes.</summary>
public sealed class DockerContainerStopSettings : AutoToolSettings
{
    public int? Time { get; set; }
}
