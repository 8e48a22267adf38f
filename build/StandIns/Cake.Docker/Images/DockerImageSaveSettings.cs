namespace Cake.Docker;

/// <summary>The options of docker save.</summary>
public sealed class DockerImageSaveSettings : AutoToolSettings
{
    public string Output { get; set; } = null!;
}
