using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Build.Images.Releases;

/// <summary>The releases that were deployed to an environment, each recorded once.</summary>
public sealed class StoredReleases(IObjectStore store, TimeProvider time)
{
    // Callers need the release that is running now, or was recently
    private const int MaxExamined = 50;

    /// <summary>Records a release, or finds an equal record.</summary>
    /// <exception cref="SlipwayException">The existing record names other images.</exception>
    public async Task AddAsync(ImageTag tag, IReadOnlyList<StoredImage> images, string by, CancellationToken cancellation)
    {
        var (key, release) = (StoreKeys.Release(tag.ToString()), new StoredRelease(tag.ToString(), tag.Version, tag.Source, images, by, time.GetUtcNow()));
        if (await store.WriteAsync(key, release, StoredReleaseJson.Default.StoredRelease, PutCondition.Absent, cancellation) is not null)
            return;

        var known = (await store.ReadAsync(key, StoredReleaseJson.Default.StoredRelease, cancellation))?.Value
            ?? throw new SlipwayException($"'{key}' existed and then did not: somebody deleted it at this moment. Run this again.");
        foreach (var image in images)
            if (known.Images.FirstOrDefault(one => one.Name == image.Name)?.Digest is var digest && digest != image.Digest)
                throw new SlipwayException(
                    $"'{key}' records {digest ?? "none"} for the image '{image.Name}' of {tag}, but the container registry has {image.Digest} under that tag. "
                    + $"{known.By} deployed the other one at {known.At:u}: somebody deleted it and pushed again. Find out who; to continue, raise the version in Directory.Build.props, commit, and push that.");
    }

    /// <summary>The release whose image has a digest; a commit narrows the search.</summary>
    /// <returns>Null if no release of this environment has it.</returns>
    public async Task<StoredRelease?> FindAsync(string digest, SourceReference source, CancellationToken cancellation)
    {
        if (!digest.StartsWith("sha256:", StringComparison.Ordinal))
            return null;
        var end = $"{new ImageTag("", source)}.json";
        return await FindAsync(digest, info => info.Key.EndsWith(end, StringComparison.Ordinal), cancellation);
    }

    /// <summary>Searches the newest releases.</summary>
    public Task<StoredRelease?> FindAsync(string digest, CancellationToken cancellation) => FindAsync(digest, _ => true, cancellation);

    private async Task<StoredRelease?> FindAsync(string digest, Func<ObjectInfo, bool> which, CancellationToken cancellation)
    {
        var keys = new List<ObjectInfo>();
        await foreach (var info in store.ListAsync(StoreKeys.Releases, cancellation))
            if (which(info))
                keys.Add(info);
        foreach (var info in keys.OrderByDescending(one => one.LastModified).Take(MaxExamined))
            if ((await store.ReadAsync(info.Key, StoredReleaseJson.Default.StoredRelease, cancellation))?.Value is { } release && release.Find(digest) is not null)
                return release;
        return null;
    }
}
