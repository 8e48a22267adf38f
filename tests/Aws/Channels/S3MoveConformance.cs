using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Channels;

namespace Slipway.Aws.Tests.Channels;

public sealed class S3MoveConformance : MoveConformance
{
    private S3Bucket _bucket = null!;

    [OneTimeSetUp]
    public static async Task StartMoto() => await MotoServer.AddressAsync();

    protected override async Task<IObjectStore> CreateStoreAsync() => (_bucket = await S3Bucket.CreateAsync()).Open();

    [TearDown]
    public void CloseBucket() => _bucket?.Dispose();
}
