using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>
/// The store in a versioned S3 bucket. Conditions are S3's own, so it is safe between any number of machines. Content is verified in
/// transit by checksums, and encrypted as the bucket requires. A write whose response got lost is recognized when it is repeated.
/// </summary>
/// <remarks>Failures are <see cref="SlipwayException"/>s with messages for people, after the SDK has tried three times.</remarks>
public sealed class S3ObjectStore : IObjectStore
{
    private readonly IAmazonS3 _client;
    private readonly S3Reader _reader;
    private readonly S3Writer _writer;
    private readonly S3Copier _copier;
    private readonly S3Listing _listing;

    /// <param name="client">Must outlive the store; the caller disposes it.</param>
    public S3ObjectStore(IAmazonS3 client, string bucket, TimeProvider time) : this(client, bucket, time, S3Limits.Standard)
    {
    }

    internal S3ObjectStore(IAmazonS3 client, string bucket, TimeProvider time, S3Limits limits)
    {
        (_client, Bucket) = (client, bucket);
        _reader = new(client, bucket, time);
        _writer = new(client, bucket, limits, time);
        _copier = new(client, bucket, limits, time);
        _listing = new(client, bucket);
    }

    public string Bucket { get; }

    public async Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        return version is "" ? null : await _reader.OpenAsync(key, version, cancellation);
    }

    public async Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        return await _reader.OpenIfChangedAsync(key, etag, cancellation);
    }

    public async Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        return version is "" ? null : await _reader.DescribeAsync(key, version, cancellation);
    }

    public async Task<ObjectInfo?> PutAsync(
        string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        return await _writer.WriteAsync(key, content, condition, cancellation);
    }

    public async Task<ObjectInfo?> CopyAsync(
        string key, string version, string to, PutCondition condition, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        ObjectKey.Check(to);
        return version is "" ? throw new MissingVersionException(key, version) : await _copier.CopyAsync(key, version, to, condition, cancellation);
    }

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default)
    {
        ObjectKey.CheckPrefix(prefix);
        return OrdinalOrder.OfAsync(_listing.ReadAsync(prefix, after: null, cancellation), info => info.Key, cancellation);
    }

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default)
    {
        ObjectKey.CheckPrefix(prefix);
        var from = after is not null && OrdinalOrder.IsSharedFrom(after) ? after : null;
        return OrdinalOrder.OfAsync(_listing.ReadAsync(prefix, from, cancellation).Select(info => info.Key), key => key, cancellation)
            .Where(key => after is null || string.CompareOrdinal(key, after) > 0);
    }

    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default)
    {
        ObjectKey.CheckFolder(folder);
        return OrdinalOrder.OfAsync(_listing.ReadFoldersAsync(folder, cancellation), name => name, cancellation);
    }

    public async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        return await new S3Call(Bucket, "s3:GetObjectTagging", key).GuardAsync(async () =>
        {
            try
            {
                var found = await _client.GetObjectTaggingAsync(new() { BucketName = Bucket, Key = key }, cancellation);
                return (found.Tagging ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
            }
            catch (AmazonS3Exception e) when (S3Responses.IsMissing(e))
            {
                return ObjectTags.None;
            }
        }, cancellation);
    }

    public async Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        ObjectTags.Check(key, tags);
        var request = new PutObjectTaggingRequest
        {
            BucketName = Bucket,
            Key = key,
            Tagging = new() { TagSet = [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })] },
        };
        await new S3Call(Bucket, "s3:PutObjectTagging", key).GuardAsync(async () =>
        {
            try
            {
                return await _client.PutObjectTaggingAsync(request, cancellation);
            }
            catch (AmazonS3Exception e) when (S3Responses.IsMissing(e))
            {
                throw new SlipwayException($"'{key}' cannot be tagged: the bucket '{Bucket}' has no such object.");
            }
        }, cancellation);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        ObjectKey.Check(key);
        await new S3Call(Bucket, "s3:DeleteObject", key).GuardAsync(() => _client.DeleteObjectAsync(Bucket, key, cancellation), cancellation);
    }
}
