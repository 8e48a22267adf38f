namespace Slipway.Registry.Storage;

/// <summary>
/// The file layout of a directory store: an object is the plain file at its key, so that people can browse it and add datasets by hand.
/// Housekeeping is in folders that begin with a dot, which no key can refer to.
/// </summary>
internal sealed class DirectoryLayout(string root)
{
    public string Root { get; } = Path.GetFullPath(root);
    public string Temporary => Path.Combine(Root, ".tmp");
    public string Locks => Path.Combine(Root, ".locks");
    public string Tags => Path.Combine(Root, ".tags");

    public string FileOf(string key) => Path.Combine(Root, key);

    /// <exception cref="SlipwayException">A link on the way to it leads out of the folder.</exception>
    public void RefuseLinkOut(string path, string key)
    {
        if (DirectoryLinks.Outside(Root, path) is { } outside)
            throw new SlipwayException(
                $"'{key}' in the store folder '{Root}' is, or contains, a symbolic link to '{outside}' outside the store, which is neither read nor written. Replace the link with the file or folder itself.");
    }

    public string NewTemporaryFile() => Path.Combine(Temporary, Guid.NewGuid().ToString("N"));

    /// <summary>An older version of a key; null if the store keeps none.</summary>
    public string? OlderVersionOf(string key, string version) =>
        KeepsVersions(key) ? Path.Combine(Root, ".versions", key, version) : null;

    // Named by the ETag of the content that they belong to: object and tags cannot disagree, whichever is seen first.
    public string TagsOf(string key, string etag) => Path.Combine(Tags, $"{Digest(key)}.{etag}.json");

    // 256 stripes: lock files are never deleted (that would race with a process that is about to lock one), so their number must be limited
    public string LockOf(string key) => Path.Combine(Locks, Digest(key)[..2]);

    private static bool KeepsVersions(string key) => key.StartsWith(StoreKeys.Datasets, StringComparison.Ordinal);

    private static string Digest(string key) => Sha256Hex.Of(key)[..32];
}
