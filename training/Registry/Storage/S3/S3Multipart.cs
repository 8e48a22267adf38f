using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>Writes an object in parts: nothing of it is to be seen before the last, and no parts stay of one that failed.</summary>
internal sealed class S3Multipart(IAmazonS3 client, string bucket, TimeProvider time)
{
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(10);

    /// <param name="send">Sends the parts of the upload that it is given.</param>
    public async Task<CompleteMultipartUploadResponse> WriteAsync(
        string key, PutCondition condition, WriteMark mark, Func<string, Task<List<PartETag>>> send, CancellationToken cancellation)
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

    // What failed before is the error to tell. Parts that stay now are taken away by the bucket's rule for unfinished uploads.
    private async Task AbortAsync(string key, string upload)
    {
        using var limit = new CancellationTokenSource(AbortTimeout, time);
        try
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || S3Answers.IsFailure(e, limit.Token))
        {
        }
    }
}
