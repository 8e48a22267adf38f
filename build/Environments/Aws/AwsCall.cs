using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Asks AWS, and says in words what went wrong.</summary>
public static partial class AwsCall
{
    /// <param name="action">As IAM names it, such as <c>ecs:UpdateService</c>.</param>
    /// <exception cref="SlipwayException">AWS said no, or nothing.</exception>
    public static async Task<T> RunAsync<T>(string action, AwsSettings settings, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e)
        {
            throw new SlipwayException($"{action}: {Describe(e, settings)}", e);
        }
        catch (AmazonClientException e)
        {
            throw new SlipwayException($"{action}: {NoCredentials(e, settings)}", e);
        }
        catch (Exception e) when (e is HttpRequestException or WebException or TimeoutException || (e is TaskCanceledException && e.InnerException is TimeoutException))
        {
            throw new SlipwayException($"{action}: {Where(settings)} can not be reached: {e.Message}", e);
        }
    }

    private static string Describe(AmazonServiceException e, AwsSettings settings) => e.ErrorCode switch
    {
        "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" =>
            "the credentials have expired. Log in again (aws sso login, or whatever gave them to you), and run this again.",
        "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidSignatureException" =>
            $"AWS does not know these credentials ({e.Message}). aws sts get-caller-identity tells whose they are.",
        _ when IsDenied(e) => Denied(e),
        _ when e.StatusCode == HttpStatusCode.TooManyRequests || (e.ErrorCode ?? "").Contains("Throttl", StringComparison.Ordinal) =>
            "AWS takes no more requests at the moment, also after several tries. Run this again in a minute.",
        null or "" => $"{Where(settings)} answered {(int)e.StatusCode}: {e.Message}",
        _ => $"{e.Message} ({e.ErrorCode})",
    };

    private static bool IsDenied(AmazonServiceException e) =>
        e.StatusCode == HttpStatusCode.Forbidden || e.ErrorCode is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation";

    private static string Denied(AmazonServiceException e) => Role().Match(e.Message) is { Success: true } role
        ? $"{role.Value} may not do this. {e.Message}"
        : $"this role may not do this ({e.Message}). aws sts get-caller-identity tells which role it is; infra/README.md says what each may do.";

    private static string NoCredentials(AmazonClientException e, AwsSettings settings) =>
        e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase)
            ? "there are no AWS credentials. Log in (aws sso login with AWS_PROFILE set, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment)"
                + (settings.Endpoint is null ? "." : "; for an emulator any will do: export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test")
            : $"{Where(settings)} can not be reached: {e.Message}";

    private static string Where(AwsSettings settings) => settings.Endpoint is { } endpoint ? $"the emulator at {endpoint}" : $"AWS in {settings.Region}";

    [GeneratedRegex(@"arn:aws[a-z-]*:(sts|iam)::\S+")]
    private static partial Regex Role();
}
