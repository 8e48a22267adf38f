using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>Writes to a bucket: small content in one request, large content and content of unknown length in parts.</summary>
internal sealed class S3Writer(IAmazonS3 client, string bucket, S3Limits limits, TimeProvider time)
{
    private readonly S3Reader _reader = new(client, bucket, time);
    private readonly S3Multipart _multipart = new(client, bucket, time);
    private readonly ConflictRetry _conflicts = new(time);

    public async Task<ObjectInfo?> WriteAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation)
    {
        using var parts = new PartReader(content);
        var size = limits.PartSize(1);
        var first = await parts.NextAsync(size, cancellation);
        var mark = new WriteToken();
        var call = new S3Call(bucket, "s3:PutObject", key);
        return await call.GuardAsync(async () =>
        {
            try
            {
                return first.Count < size
                    ? await WholeAsync(call, first, condition, mark, cancellation)
                    : await InPartsAsync(call, parts, first, condition, mark, cancellation);
            }
            catch (AmazonServiceException e) when (S3Responses.IsRefused(e, condition) || S3Responses.IsUploadGone(e))
            {
                var found = await _reader.FindAsync(key, mark, cancellation);
                return found is null && S3Responses.IsUploadGone(e) ? throw call.Describe(e) : found;
            }
        }, cancellation);
    }

    private async Task<ObjectInfo> WholeAsync(
        S3Call call, ArraySegment<byte> content, PutCondition condition, WriteToken mark, CancellationToken cancellation)
    {
        var written = await _conflicts.RunAsync(async () =>
        {
            using var body = new MemoryStream(content.Array!, content.Offset, content.Count, writable: false);
            var request = new PutObjectRequest
            {
                BucketName = bucket,
                Key = call.Key,
                InputStream = body,
                AutoCloseStream = false,
                UseChunkEncoding = false,
                IfMatch = condition.ETag,
                IfNoneMatch = condition.MustBeAbsent ? "*" : null,
            };
            mark.Put(request.Metadata);
            return await client.PutObjectAsync(request, cancellation);
        }, cancellation);
        return new(call.Key, written.ETag, content.Count, S3Version.Made(call, written.VersionId), time.GetUtcNow());
    }

    private async Task<ObjectInfo?> InPartsAsync(
        S3Call call, PartReader parts, ArraySegment<byte> first, PutCondition condition, WriteToken mark, CancellationToken cancellation)
    {
        // before the content is sent in vain; the last request checks again
        if (condition != PutCondition.None && !condition.Holds(await _reader.DescribeAsync(call.Key, version: null, cancellation)))
            return null;

        long length = 0;
        var written = await RepeatedAsync(parts, () => _multipart.WriteAsync(call.Key, condition, mark, async upload =>
        {
            if (length > 0)
            {
                parts.Rewind();
                first = await parts.NextAsync(limits.PartSize(1), cancellation);
            }

            (var sent, length) = await SendAsync(call.Key, upload, parts, first, cancellation);
            return sent;
        }, cancellation), cancellation);
        return new(call.Key, written.ETag, length, S3Version.Made(call, written.VersionId), time.GetUtcNow());
    }

    // an upload that collided with another write must be repeated, which needs a stream that can be rewound
    private Task<T> RepeatedAsync<T>(PartReader parts, Func<Task<T>> write, CancellationToken cancellation) =>
        parts.MayRewind ? _conflicts.RunAsync(write, cancellation) : write();

    private async Task<(List<PartETag> Sent, long Length)> SendAsync(
        string key, string upload, PartReader parts, ArraySegment<byte> first, CancellationToken cancellation)
    {
        var sent = new List<PartETag>();
        long length = 0;
        for (var part = first; part.Count > 0; part = await parts.NextAsync(limits.PartSize(sent.Count + 1), cancellation))
        {
            if (sent.Count == S3Limits.MaxParts)
                throw new SlipwayException($"'{key}' is too large for a bucket: {length} bytes and more. Split it.");
            sent.Add(await SendAsync(key, upload, sent.Count + 1, part, cancellation));
            length += part.Count;
        }

        return (sent, length);
    }

    private async Task<PartETag> SendAsync(string key, string upload, int number, ArraySegment<byte> part, CancellationToken cancellation)
    {
        using var body = new MemoryStream(part.Array!, part.Offset, part.Count, writable: false);
        var answer = await client.UploadPartAsync(new()
        {
            BucketName = bucket,
            Key = key,
            UploadId = upload,
            PartNumber = number,
            InputStream = body,
            PartSize = part.Count,
            UseChunkEncoding = false,
            ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
        }, cancellation);
        return new(answer);
    }
}
