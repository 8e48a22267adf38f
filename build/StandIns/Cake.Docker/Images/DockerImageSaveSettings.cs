namespace Cake.Docker;

/// <summary>What docker save takes.</summary>
public sealed class DockerImageSaveSettings : AutoToolSettings
{
    public string Output { get; set; } = null!;
}
