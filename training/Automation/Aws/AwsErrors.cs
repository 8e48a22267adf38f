using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Slipway.Registry;
using Slipway.Registry.Storage.S3;

namespace Slipway.Automation.Aws;

/// <summary>Translates AWS errors into messages that tell a person what to do.</summary>
public static partial class AwsErrors
{
    /// <param name="action">The IAM action: <c>sagemaker:CreateTrainingJob</c>.</param>
    /// <param name="what">The failed action, as the rest of a sentence that begins with "Could not".</param>
    /// <exception cref="SlipwayException">AWS returned an error, or did not respond.</exception>
    public static async Task<T> GuardAsync<T>(string action, string what, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e)
        {
            throw new SlipwayException($"Could not {what}: {Explain(action, e)}", e);
        }
        catch (AmazonClientException e) when (e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase))
        {
            throw new SlipwayException($"Could not {what}: {CredentialErrors.None}", e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or WebException or TimeoutException or IOException)
        {
            throw new SlipwayException($"Could not {what}, because AWS could not be reached: {e.Message.TrimEnd('.')}. Check the region in cake.config and the network.", e);
        }
    }

    public static bool IsNotFound(AmazonServiceException e) =>
        e.ErrorCode is "ResourceNotFound" or "ResourceNotFoundException"
        || e.ErrorCode == "ValidationException" && NotFound().IsMatch(e.Message);

    public static bool IsInUse(AmazonServiceException e) => e.ErrorCode is "ResourceInUse" or "ResourceInUseException";

    private static string Explain(string action, AmazonServiceException e) => e.ErrorCode switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" =>
            $"{(Role().Match(e.Message) is { Success: true } role ? role.Value : "this role")} has no permission for {action}. AWS: {Sentence(e.Message)} "
            + "infra/README.md lists the roles and their permissions; aws sts get-caller-identity shows the current one.",
        "ResourceLimitExceeded" or "ResourceLimitExceededException" =>
            $"a quota of the account is exhausted{(Quoted().Match(e.Message) is { Success: true } quota ? $": '{quota.Groups[1].Value}'" : "")}. AWS: {Sentence(e.Message)} "
            + "Wait until other jobs have ended, choose another instance type, or request an increase in Service Quotas.",
        "ValidationException" => $"AWS rejected the request: {Sentence(e.Message)}",
        _ when e.StatusCode == HttpStatusCode.TooManyRequests || e.ErrorCode?.Contains("Throttl", StringComparison.Ordinal) == true =>
            $"AWS throttled the requests, and the retries too: {Sentence(e.Message)} Try again in a minute.",
        _ => CredentialErrors.Of(e) ?? $"AWS returned {(int)e.StatusCode} {e.ErrorCode}: {Sentence(e.Message)}",
    };

    // some services end their messages with a full stop, others do not
    private static string Sentence(string message) => $"{message.TrimEnd('.')}.";

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"arn:aws[a-z-]*:(sts|iam)::\S+")]
    private static partial Regex Role();

    [GeneratedRegex("not found|could not find|does not exist", RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();
}
