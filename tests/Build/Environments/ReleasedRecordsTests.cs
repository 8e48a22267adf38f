using Slipway.Build.Environments.Aws;
using Slipway.Build.Images.Releases;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments;

/// <summary>The deployment records of earlier releases, in addition to those that the registry reads.</summary>
public sealed class ReleasedRecordsTests
{
    [TestCaseSource(nameof(Stores))]
    public async Task ReleasesAndLocksAreRead(string store)
    {
        var opened = new DirectoryObjectStore(store);

        var releases = await opened.ListKeysAsync(StoreKeys.Releases).ToListAsync();
        foreach (var key in releases)
            Assert.That((await opened.ReadAsync(key, StoredReleaseJson.Default.StoredRelease))!.Value.Images, Has.Count.EqualTo(2), key);
        Assert.That(releases, Is.Not.Empty);
        Assert.That((await opened.ReadAsync(StoreKeys.Lock("main"), LockJson.Default.LockRecord))!.Value.Renewal, Is.EqualTo(3));
    }

    private static IEnumerable<string> Stores() => Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests/Stores")).Select(folder => Path.Combine(folder, "store"));
}
