namespace Slipway.Build.Images.Docker;

/// <summary>An image in the engine.</summary>
/// <param name="Id">The digest of its configuration.</param>
/// <param name="Size">Bytes, unpacked.</param>
/// <param name="RepoDigests">Its names in registries: <c>repository@sha256:…</c></param>
public sealed record EngineImage(
    string Id, long Size, string User, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Tags, IReadOnlyList<string> RepoDigests,
    IReadOnlyList<string> Entrypoint, IReadOnlyList<string> Command, IReadOnlyList<string> Environment);
