namespace Cake.Docker;

/// <summary>What docker pull takes, as far as it is in use.</summary>
public sealed class DockerImagePullSettings : AutoToolSettings
{
    public bool? AllTags { get; set; }

    public string Platform { get; set; } = null!;
}
