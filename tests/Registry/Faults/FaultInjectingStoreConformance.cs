using Slipway.Faults;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Faults;

/// <summary>Without a fault, it is the store that it wraps.</summary>
public sealed class FaultInjectingStoreConformance : ObjectStoreConformance
{
    private StoreFolder _folder = null!;

    protected override Task<IObjectStore> CreateStoreAsync() =>
        Task.FromResult<IObjectStore>(new FaultInjectingStore((_folder = new()).Store, new(seed: 1), TimeProvider.System));

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();
}
