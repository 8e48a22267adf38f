using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Slipway.Registry.Storage.S3;

/// <summary>Error responses of S3 that are a result, not a failure.</summary>
internal static class S3Responses
{
    /// <summary>The object does not exist. A missing bucket also returns 404, but is a failure.</summary>
    public static bool IsMissing(AmazonServiceException e) => e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is "NoSuchKey" or "NoSuchVersion";

    /// <summary>The same for a version: one in a format that S3 does not use, or a delete marker.</summary>
    public static bool IsMissingVersion(AmazonServiceException e) =>
        IsMissing(e) || e.ErrorCode is "InvalidArgument" || e.StatusCode == HttpStatusCode.MethodNotAllowed;

    public static bool IsNotModified(AmazonServiceException e) => e.StatusCode == HttpStatusCode.NotModified;

    /// <summary>The condition of a write was not met. If-Match on a key without an object returns 404.</summary>
    public static bool IsRefused(AmazonServiceException e, PutCondition condition) =>
        e.StatusCode == HttpStatusCode.PreconditionFailed || (condition.ETag is not null && e.ErrorCode is "NoSuchKey");

    /// <summary>Another write to the key was in progress: nothing was decided, retry.</summary>
    public static bool IsConflict(AmazonServiceException e) => e.ErrorCode is "ConditionalRequestConflict" or "OperationAborted";

    /// <summary>A completed upload no longer exists as an upload: its response got lost.</summary>
    public static bool IsUploadGone(AmazonServiceException e) => e.ErrorCode is "NoSuchUpload";

    public static bool IsFailure(Exception e, CancellationToken cancellation) => e switch
    {
        AmazonS3Exception or AmazonServiceException or AmazonClientException => true,
        HttpRequestException or IOException or TimeoutException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested, // a timeout of the client itself
        _ => false,
    };
}
