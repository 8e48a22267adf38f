using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>Says what AWS answers in words that tell a person what to do.</summary>
public static partial class AwsErrors
{
    /// <param name="action">As in a policy: <c>sagemaker:CreateTrainingJob</c>.</param>
    /// <param name="what">What was to be done, as the rest of a sentence that begins with "It was not possible to".</param>
    /// <exception cref="SlipwayException">AWS said no, or nothing.</exception>
    public static async Task<T> GuardAsync<T>(string action, string what, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e)
        {
            throw new SlipwayException($"It was not possible to {what}: {Explain(action, e)}", e);
        }
        catch (AmazonClientException e) when (e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase))
        {
            throw new SlipwayException($"It was not possible to {what}: {CredentialErrors.None}", e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or WebException or TimeoutException or IOException)
        {
            throw new SlipwayException($"It was not possible to {what}, because AWS was not reached: {e.Message.TrimEnd('.')}. Look at the region in cake.config and at the network.", e);
        }
    }

    public static bool IsNotFound(AmazonServiceException e) =>
        e.ErrorCode is "ResourceNotFound" or "ResourceNotFoundException"
        || e.ErrorCode == "ValidationException" && NotFound().IsMatch(e.Message);

    public static bool IsInUse(AmazonServiceException e) => e.ErrorCode is "ResourceInUse" or "ResourceInUseException";

    private static string Explain(string action, AmazonServiceException e) => e.ErrorCode switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" =>
            $"{(Role().Match(e.Message) is { Success: true } role ? role.Value : "this role")} may not do {action}. AWS says: {Sentence(e.Message)} "
            + "infra/README.md says which role is meant for what; aws sts get-caller-identity tells which one this is.",
        "ResourceLimitExceeded" or "ResourceLimitExceededException" =>
            $"a quota of the account is used up{(Quoted().Match(e.Message) is { Success: true } quota ? $": '{quota.Groups[1].Value}'" : "")}. AWS says: {Sentence(e.Message)} "
            + "Wait until other jobs have ended, take another instance type, or ask for more in Service Quotas.",
        "ValidationException" => $"AWS does not accept the request. It says: {Sentence(e.Message)}",
        _ when e.StatusCode == HttpStatusCode.TooManyRequests || e.ErrorCode?.Contains("Throttl", StringComparison.Ordinal) == true =>
            $"AWS was asked too often at once, and refused also when asked again. It says: {Sentence(e.Message)} Try again in a minute.",
        _ => CredentialErrors.Of(e) ?? $"AWS answered {(int)e.StatusCode} {e.ErrorCode}: {Sentence(e.Message)}",
    };

    // services end their messages with a full stop or without, as they like
    private static string Sentence(string message) => $"{message.TrimEnd('.')}.";

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"arn:aws[a-z-]*:(sts|iam)::\S+")]
    private static partial Regex Role();

    [GeneratedRegex("not found|could not find|does not exist", RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();
}
