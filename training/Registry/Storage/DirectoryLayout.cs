namespace Slipway.Registry;

/// <summary>
/// Where a directory store keeps what: an object is the plain file at its key, so that people can look and drop datasets by hand.
/// Housekeeping lives in folders with a dot, which no key can reach.
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
                $"'{key}' in the store folder '{Root}' is, or goes through, a symbolic link that leads out of it, to '{outside}'. Nothing is read or written there: put the file itself, or the folder, in the place of the link.");
    }

    public string NewTemporaryFile() => Path.Combine(Temporary, Guid.NewGuid().ToString("N"));

    /// <summary>An older version of a key; null where the store keeps none.</summary>
    public string? OlderVersionOf(string key, string version) =>
        KeepsVersions(key) ? Path.Combine(Root, ".versions", key, version) : null;

    // Named by the ETag of the content they belong to: object and tags can not disagree, whichever is seen first.
    public string TagsOf(string key, string etag) => Path.Combine(Tags, $"{Digest(key)}.{etag}.json");

    // 256 stripes: lock files are never deleted (that would race with a process about to lock one), so their number must be bounded
    public string LockOf(string key) => Path.Combine(Locks, Digest(key)[..2]);

    private static bool KeepsVersions(string key) => key.StartsWith(StoreKeys.Datasets, StringComparison.Ordinal);

    private static string Digest(string key) => Sha256Hex.Of(key)[..32];
}
