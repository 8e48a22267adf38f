using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Slipway.Registry.Storage.S3;

/// <summary>Translates errors of a bucket into messages that say what to do.</summary>
internal static partial class S3Errors
{
    public static SlipwayException Describe(S3Call call, Exception e) => e switch
    {
        AmazonServiceException { StatusCode: not 0 } refused => new($"{Attempt(call)}: {Refusal(call, refused)}", e),
        _ when Chain(e).OfType<OperationCanceledException>().Any() || Chain(e).OfType<TimeoutException>().Any() => new(
            $"{Attempt(call)}: S3 did not respond in time. Check the network connection to S3, then try again.", e),
        _ when Chain(e).Any(cause => cause is HttpRequestException or IOException or System.Net.Sockets.SocketException) => new(
            $"{Attempt(call)}: {Innermost(e)}. S3 could not be reached, or closed the connection. Check the network, AWS_REGION and AWS_ENDPOINT_URL, then try again.", e),
        _ => new($"{Attempt(call)}: {Client(e)}", e),
    };

    public static SlipwayException DescribeOpening(string bucket, AmazonClientException e) => new($"The store 's3://{bucket}' cannot be opened: {Client(e)}", e);

    private static string Attempt(S3Call call) =>
        $"{call.Action} on '{call.Key}' in the bucket '{call.Bucket}' failed";

    private static string Refusal(S3Call call, AmazonServiceException e) => e.ErrorCode switch
    {
        "NoSuchBucket" => $"the bucket does not exist. Specify the right one as s3://<bucket>, or create it: ./build.sh --target=ApplyInfra",
        "RequestTimeTooSkewed" => "the clock of this machine is off by more than 15 minutes. Correct it.",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "TemporaryRedirect" or "IllegalLocationConstraintException" => Elsewhere(e),
        "ConditionalRequestConflict" or "OperationAborted" =>
            $"other writers kept changing the same key, {ConflictRetry.Tries} times. Try again.",
        "BadDigest" or "XAmzContentChecksumMismatch" => "the content was corrupted in transit. Nothing was written; try again.",
        _ => CredentialErrors.Of(e) ?? ByStatus(call, e),
    };

    private static string ByStatus(S3Call call, AmazonServiceException e) => e switch
    {
        { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect } => Elsewhere(e),
        { StatusCode: HttpStatusCode.Forbidden } => Denied(call, e),
        { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests } =>
            $"S3 throttled the request ({e.ErrorCode}), and the retries too. Nothing is lost; wait a minute, then try again.",
        { StatusCode: >= HttpStatusCode.InternalServerError } =>
            $"S3 had an internal error ({(int)e.StatusCode} {e.ErrorCode}). Try again; see https://health.aws.amazon.com if it persists.",
        _ => $"S3 returned {(int)e.StatusCode} {e.ErrorCode}: {Sentence(e.Message)} (request {e.RequestId})",
    };

    private static string Denied(S3Call call, AmazonServiceException e)
    {
        var told = Denial().Match(e.Message);
        var who = told.Success ? $"'{told.Groups["who"].Value}'" : "the owner of these AWS credentials";
        var action = told.Success ? told.Groups["action"].Value : call.Action;
        var hidden = call.Action.StartsWith("s3:Get", StringComparison.Ordinal)
            ? " Without s3:ListBucket, S3 returns the same error for an object that does not exist."
            : "";
        return $"{who} may not {action} there. Grant the role that permission (the policies are in infra/), or use other credentials.{hidden} S3: {Sentence(e.Message)}";
    }

    private static string Elsewhere(AmazonServiceException e)
    {
        var region = (e.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("x-amz-bucket-region") is { Length: > 0 } header ? header
            : Expected().Match(e.Message) is { Success: true } match ? match.Groups["region"].Value : null;
        return region is null
            ? "the bucket is in another region. Set AWS_REGION to its region (see 'aws s3api get-bucket-location')."
            : $"the bucket is in the region {region}. Set AWS_REGION={region}.";
    }

    private static string Client(Exception e) => e.Message switch
    {
        var message when message.Contains("profile", StringComparison.Ordinal) && !message.Contains("resolve", StringComparison.Ordinal) =>
            $"{Sentence(message)} Set AWS_PROFILE to a profile from 'aws configure list-profiles', or unset it.",
        var message when message.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
            CredentialErrors.None,
        var message when message.Contains("RegionEndpoint", StringComparison.Ordinal) || message.Contains("region", StringComparison.OrdinalIgnoreCase) =>
            "no AWS region is set. Set AWS_REGION to the bucket's region.",
        var message when message.Contains("hash", StringComparison.OrdinalIgnoreCase) || message.Contains("checksum", StringComparison.OrdinalIgnoreCase) =>
            "the content was corrupted in transit. Try again.",
        var message => Sentence(message),
    };

    private static string Sentence(string message) => message.TrimEnd('.') + ".";

    private static string Innermost(Exception e) => Chain(e).Last().Message.TrimEnd('.');

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    [GeneratedRegex(@"User: (?<who>\S+) is not authorized to perform: (?<action>[\w-]+:\w+)")]
    private static partial Regex Denial();

    [GeneratedRegex(@"expecting '(?<region>[a-z0-9-]+)'")]
    private static partial Regex Expected();
}
