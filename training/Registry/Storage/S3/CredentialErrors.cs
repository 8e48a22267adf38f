using Amazon.Runtime;

namespace Slipway.Registry.Storage.S3;

/// <summary>What is wrong with AWS credentials, whichever service says so, in words that say what to do.</summary>
public static class CredentialErrors
{
    public const string None =
        "no AWS credentials were found. Sign in ('aws sso login' and AWS_PROFILE), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; on AWS, give the task or function a role. "
        + "For an emulator any will do.";

    /// <returns>Null when the refusal is about something else.</returns>
    public static string? Of(AmazonServiceException e) => e.ErrorCode switch
    {
        "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "RequestExpired" =>
            "the AWS credentials have expired. Sign in again (such as 'aws sso login'), or set new ones, then try again.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidSignatureException" or "InvalidToken" or "InvalidClientTokenId" or "UnrecognizedClientException" =>
            $"AWS does not recognize the credentials, or a part of them is wrong ({e.ErrorCode}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to valid ones; "
            + "aws sts get-caller-identity shows whose they are.",
        _ => null,
    };
}
