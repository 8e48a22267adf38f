using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>Reads from a bucket.</summary>
internal sealed class S3Reader(IAmazonS3 client, string bucket, TimeProvider time)
{
    public Task<StoredObject?> OpenAsync(string key, string? version, CancellationToken cancellation)
    {
        var call = Call(key, version);
        return call.GuardAsync(async () =>
        {
            try
            {
                return Opened(call, await client.GetObjectAsync(new() { BucketName = bucket, Key = key, VersionId = version }, cancellation));
            }
            catch (AmazonServiceException e) when (IsMissing(e, version))
            {
                return null;
            }
        }, cancellation);
    }

    public Task<ConditionalRead> OpenIfChangedAsync(string key, string? etag, CancellationToken cancellation)
    {
        var call = Call(key, version: null);
        return call.GuardAsync(async () =>
        {
            try
            {
                return ConditionalRead.Changed(
                    Opened(call, await client.GetObjectAsync(new() { BucketName = bucket, Key = key, EtagToNotMatch = etag }, cancellation)));
            }
            catch (AmazonServiceException e) when (S3Responses.IsNotModified(e))
            {
                return ConditionalRead.NotModified;
            }
            catch (AmazonServiceException e) when (S3Responses.IsMissing(e))
            {
                return ConditionalRead.Missing;
            }
        }, cancellation);
    }

    public async Task<ObjectInfo?> DescribeAsync(string key, string? version, CancellationToken cancellation)
    {
        try
        {
            return Info(key, await client.GetObjectMetadataAsync(new() { BucketName = bucket, Key = key, VersionId = version }, cancellation));
        }
        catch (AmazonServiceException e) when ((int)e.StatusCode is >= 300 and < 500)
        {
            // the response to a HEAD has no body, so it cannot say whether the object, the bucket or the permission is missing; GET can
            await using var found = await OpenAsync(key, version, cancellation);

            // an object that was missing was written between the two requests
            return e.StatusCode == HttpStatusCode.NotFound || found is null ? found?.Info : throw Call(key, version).Describe(e);
        }
        catch (Exception e) when (S3Responses.IsFailure(e, cancellation))
        {
            throw Call(key, version).Describe(e);
        }
    }

    /// <summary>The object that a write created, if it still exists. Also null if a role may write there but not read, as a server may in the prediction log.</summary>
    public async Task<ObjectInfo?> FindAsync(string key, WriteToken mark, CancellationToken cancellation)
    {
        try
        {
            var found = await client.GetObjectMetadataAsync(new() { BucketName = bucket, Key = key }, cancellation);
            return mark.IsOn(found.Metadata) ? Info(key, found) : null;
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private StoredObject Opened(S3Call call, GetObjectResponse found)
    {
        var info = new ObjectInfo(call.Key, found.ETag, found.ContentLength, S3Version.Of(found.VersionId), S3Version.Time(found.LastModified));
        return new(info, new S3ContentStream(found.ResponseStream, found, call, time));
    }

    private static ObjectInfo Info(string key, GetObjectMetadataResponse found) =>
        new(key, found.ETag, found.ContentLength, S3Version.Of(found.VersionId), S3Version.Time(found.LastModified));

    private S3Call Call(string key, string? version) => new(bucket, version is null ? "s3:GetObject" : "s3:GetObjectVersion", key);

    private static bool IsMissing(AmazonServiceException e, string? version) =>
        version is null ? S3Responses.IsMissing(e) : S3Responses.IsMissingVersion(e);
}
