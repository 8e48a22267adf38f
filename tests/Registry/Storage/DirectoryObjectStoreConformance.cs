using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

public sealed class DirectoryObjectStoreConformance : ObjectStoreConformance
{
    private StoreFolder _folder = null!;

    protected override Task<IObjectStore> CreateStoreAsync() => Task.FromResult<IObjectStore>((_folder = new()).Store);

    [TearDown]
    public void DeleteFolder()
    {
        using (_folder)
            Assert.That(_folder.AllFiles(), Has.None.StartsWith(".tmp"), "no put leaves a temporary file behind, whatever its outcome");
    }
}
