using Amazon.S3;
using Amazon.S3.Model;
using Slipway.Registry.Storage.S3;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Aws.Tests.Fixtures;

/// <summary>A versioned bucket of moto's for one test.</summary>
internal sealed class S3Bucket(AmazonS3Client client) : IDisposable
{
    public AmazonS3Client Client { get; } = client;
    public string Name { get; } = $"slipway-{Guid.NewGuid():N}";

    public static async Task<S3Bucket> CreateAsync(bool versioned = true)
    {
        var bucket = new S3Bucket(await MotoServer.CreateClientAsync());
        await bucket.Client.PutBucketAsync(bucket.Name);
        if (versioned)
            await bucket.Client.PutBucketVersioningAsync(
                new() { BucketName = bucket.Name, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        return bucket;
    }

    public S3ObjectStore Open(S3Limits? limits = null) => new(Client, Name, TimeProvider.System, limits ?? S3Limits.Standard);

    public ObjectStoreProbe Probe(S3Limits? limits = null) => new(Open(limits));

    public async Task<IReadOnlyList<MultipartUpload>> UnfinishedAsync() =>
        (await Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Name })).MultipartUploads ?? [];

    public void Dispose() => Client.Dispose();
}
