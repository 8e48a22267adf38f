namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>The media types that the build reads from and writes to container registries.</summary>
public static class MediaTypes
{
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciEmpty = "application/vnd.oci.empty.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";

    public const string CycloneDx = "application/vnd.cyclonedx+json";
    public const string InToto = "application/vnd.in-toto+json";

    /// <summary>The accepted media types of a manifest.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [OciManifest, DockerManifest, OciIndex, DockerIndex];
}
