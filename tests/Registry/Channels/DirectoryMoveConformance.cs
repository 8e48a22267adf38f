using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Channels;

public sealed class DirectoryMoveConformance : MoveConformance
{
    private StoreFolder _folder = null!;

    protected override Task<IObjectStore> CreateStoreAsync() => Task.FromResult<IObjectStore>((_folder = new()).Store);

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();
}
