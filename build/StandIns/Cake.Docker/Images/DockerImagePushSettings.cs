namespace Cake.Docker;

/// <summary>What docker push takes, as far as it is in use.</summary>
public sealed class DockerImagePushSettings : AutoToolSettings
{
    public bool AllTags { get; set; }
}
