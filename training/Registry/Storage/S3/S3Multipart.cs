using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>Writes an object in parts: nothing of it is visible before the last, and a failed upload leaves no parts behind.</summary>
internal sealed class S3Multipart(IAmazonS3 client, string bucket, TimeProvider time)
{
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(10);

    /// <param name="send">Sends the parts of the given upload.</param>
    public async Task<CompleteMultipartUploadResponse> WriteAsync(
        string key, PutCondition condition, WriteToken mark, Func<string, Task<List<PartETag>>> send, CancellationToken cancellation)
    {
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = bucket,
            Key = key,
            ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            ChecksumType = ChecksumType.FULL_OBJECT,
        };
        mark.Put(begin.Metadata);
        var upload = (await client.InitiateMultipartUploadAsync(begin, cancellation)).UploadId;
        try
        {
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = upload,
                PartETags = await send(upload),
                ChecksumType = ChecksumType.FULL_OBJECT,
                IfMatch = condition.ETag,
                IfNoneMatch = condition.MustBeAbsent ? "*" : null,
            };
            return await client.CompleteMultipartUploadAsync(complete, cancellation);
        }
        catch
        {
            await AbortAsync(key, upload);
            throw;
        }
    }

    // The earlier failure is the error to report. Parts that remain now are deleted by the bucket's rule for incomplete uploads.
    private async Task AbortAsync(string key, string upload)
    {
        using var limit = new CancellationTokenSource(AbortTimeout, time);
        try
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || S3Responses.IsFailure(e, limit.Token))
        {
        }
    }
}
