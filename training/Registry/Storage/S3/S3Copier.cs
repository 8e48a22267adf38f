using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>Copies inside a bucket, without transferring the content.</summary>
internal sealed class S3Copier(IAmazonS3 client, string bucket, S3Limits limits, TimeProvider time)
{
    private const int AtATime = 4;

    private readonly S3Reader _reader = new(client, bucket, time);
    private readonly S3Multipart _multipart = new(client, bucket, time);
    private readonly ConflictRetry _conflicts = new(time);

    public async Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation)
    {
        var source = await _reader.DescribeAsync(key, version, cancellation) ?? throw new MissingVersionException(key, version);

        // S3 evaluates the condition of the copy itself. Checked beforehand, nothing is copied in vain, and S3-compatible stores without conditional
        // copies enforce it too, except for a concurrent write.
        if (condition != PutCondition.None && !condition.Holds(await _reader.DescribeAsync(to, version: null, cancellation)))
            return null;

        var mark = new WriteToken();
        var call = new S3Call(bucket, "s3:PutObject", to);
        return await call.GuardAsync(async () =>
        {
            try
            {
                return await _conflicts.RunAsync(() => source.Length <= limits.CopyWhole
                    ? WholeAsync(source, call, condition, mark, cancellation)
                    : InPartsAsync(source, call, condition, mark, cancellation), cancellation);
            }
            catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchVersion")
            {
                throw new MissingVersionException(key, version);
            }
            catch (AmazonServiceException e) when (S3Responses.IsRefused(e, condition) || S3Responses.IsUploadGone(e))
            {
                var found = await _reader.FindAsync(to, mark, cancellation);
                return found is null && S3Responses.IsUploadGone(e) ? throw call.Describe(e) : found;
            }
        }, cancellation);
    }

    private async Task<ObjectInfo> WholeAsync(
        ObjectInfo source, S3Call call, PutCondition condition, WriteToken mark, CancellationToken cancellation)
    {
        var request = new CopyObjectRequest
        {
            SourceBucket = bucket,
            SourceKey = source.Key,
            SourceVersionId = source.Version,
            DestinationBucket = bucket,
            DestinationKey = call.Key,
            MetadataDirective = S3MetadataDirective.REPLACE,
            TaggingDirective = TaggingDirective.REPLACE,
            IfMatch = condition.ETag,
            IfNoneMatch = condition.MustBeAbsent ? "*" : null,
        };
        mark.Put(request.Metadata);
        var copied = await client.CopyObjectAsync(request, cancellation);
        return new(call.Key, copied.ETag, source.Length, S3Version.Made(call, copied.VersionId), time.GetUtcNow());
    }

    private async Task<ObjectInfo> InPartsAsync(
        ObjectInfo source, S3Call call, PutCondition condition, WriteToken mark, CancellationToken cancellation)
    {
        var written = await _multipart.WriteAsync(
            call.Key, condition, mark, upload => CopyPartsAsync(source, call.Key, upload, cancellation), cancellation);
        return new(call.Key, written.ETag, source.Length, S3Version.Made(call, written.VersionId), time.GetUtcNow());
    }

    private async Task<List<PartETag>> CopyPartsAsync(ObjectInfo source, string to, string upload, CancellationToken cancellation)
    {
        var size = limits.CopyPartSize(source.Length);
        var parts = new PartETag[(int)((source.Length + size - 1) / size)];
        await Parallel.ForAsync(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation }, async (i, stop) =>
            parts[i] = new(await client.CopyPartAsync(new()
            {
                SourceBucket = bucket,
                SourceKey = source.Key,
                SourceVersionId = source.Version,
                DestinationBucket = bucket,
                DestinationKey = to,
                UploadId = upload,
                PartNumber = i + 1,
                FirstByte = i * size,
                LastByte = Math.Min((i + 1) * size, source.Length) - 1,
            }, stop)));
        return [.. parts];
    }
}
