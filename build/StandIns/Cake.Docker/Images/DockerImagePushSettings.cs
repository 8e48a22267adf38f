namespace Cake.Docker;

/// <summary>The options of docker push that are in use.</summary>
public sealed class DockerImagePushSettings : AutoToolSettings
{
    public bool AllTags { get; set; }
}
