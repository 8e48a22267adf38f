using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Slipway.Registry.Storage.S3;

/// <summary>Refusals of S3 that are an answer, and no failure.</summary>
internal static class S3Answers
{
    /// <summary>There is no such object. A bucket that is missing answers 404 as well, and is a failure.</summary>
    public static bool IsMissing(AmazonServiceException e) => e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is "NoSuchKey" or "NoSuchVersion";

    /// <summary>The same of a version: one of a form that S3 does not give, or the mark of a deletion.</summary>
    public static bool IsMissingVersion(AmazonServiceException e) =>
        IsMissing(e) || e.ErrorCode is "InvalidArgument" || e.StatusCode == HttpStatusCode.MethodNotAllowed;

    public static bool IsNotModified(AmazonServiceException e) => e.StatusCode == HttpStatusCode.NotModified;

    /// <summary>The condition of a write did not hold. If-Match on a key without an object answers 404.</summary>
    public static bool IsRefused(AmazonServiceException e, PutCondition condition) =>
        e.StatusCode == HttpStatusCode.PreconditionFailed || (condition.ETag is not null && e.ErrorCode is "NoSuchKey");

    /// <summary>Another write to the key was under way: nothing was decided, ask again.</summary>
    public static bool IsConflict(AmazonServiceException e) => e.ErrorCode is "ConditionalRequestConflict" or "OperationAborted";

    /// <summary>An upload that is complete is no upload any more: its answer got lost.</summary>
    public static bool IsUploadGone(AmazonServiceException e) => e.ErrorCode is "NoSuchUpload";

    public static bool IsFailure(Exception e, CancellationToken cancellation) => e switch
    {
        AmazonS3Exception or AmazonServiceException or AmazonClientException => true,
        HttpRequestException or IOException or TimeoutException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested, // a time-out of the client's own
        _ => false,
    };
}
