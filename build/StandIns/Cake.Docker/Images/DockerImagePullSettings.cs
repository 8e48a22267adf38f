namespace Cake.Docker;

/// <summary>The options of docker pull that are in use.</summary>
public sealed class DockerImagePullSettings : AutoToolSettings
{
    public bool? AllTags { get; set; }

    public string Platform { get; set; } = null!;
}
