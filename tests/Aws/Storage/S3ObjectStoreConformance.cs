using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Aws.Tests.Storage;

/// <summary>Alone, because it counts what this process allocates.</summary>
[NonParallelizable]
public sealed class S3ObjectStoreConformance : ObjectStoreConformance
{
    private S3Bucket _bucket = null!;

    [OneTimeSetUp]
    public static async Task StartMoto() => await MotoServer.AddressAsync();

    protected override async Task<IObjectStore> CreateStoreAsync() => (_bucket = await S3Bucket.CreateAsync()).Open();

    [TearDown]
    public async Task NoPartsStay()
    {
        using (_bucket)
            Assert.That(await _bucket.UnfinishedAsync(), Is.Empty, "no put leaves parts of an upload behind, whatever its outcome");
    }
}
