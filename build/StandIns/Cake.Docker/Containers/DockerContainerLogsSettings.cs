namespace Cake.Docker;

/// <summary>The options of docker logs.</summary>
public sealed class DockerContainerLogsSettings : AutoToolSettings
{
    public bool? Details { get; set; }

    public bool? Follow { get; set; }

    public string Since { get; set; } = null!;

    public string Tail { get; set; } = null!;

    public bool? Timestamps { get; set; }

    public string Until { get; set; } = null!;
}
