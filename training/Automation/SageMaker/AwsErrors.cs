using System.Text.RegularExpressions;
using Amazon.Runtime;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>Says what AWS answers in words that tell a person what to do.</summary>
internal static partial class AwsErrors
{
    /// <param name="action">As in a policy: <c>sagemaker:CreateTrainingJob</c>.</param>
    /// <param name="what">What was to be done, as the rest of a sentence that begins with "It was not possible to".</param>
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
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or TimeoutException or IOException)
        {
            throw new SlipwayException($"It was not possible to {what}, because AWS was not reached: {e.Message} Look at the credentials, the region and the network.", e);
        }
    }

    public static bool IsNotFound(AmazonServiceException e) =>
        e.ErrorCode is "ResourceNotFound" or "ResourceNotFoundException"
        || e.ErrorCode == "ValidationException" && NotFound().IsMatch(e.Message);

    public static bool IsInUse(AmazonServiceException e) => e.ErrorCode is "ResourceInUse" or "ResourceInUseException";

    private static string Explain(string action, AmazonServiceException e) => e.ErrorCode switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" =>
            $"this role may not do {action}. AWS says: {e.Message} Allow it in the role's policy in infra/, and apply that.",
        "ResourceLimitExceeded" or "ResourceLimitExceededException" =>
            $"a quota of the account is used up{(Quoted().Match(e.Message) is { Success: true } quota ? $": '{quota.Groups[1].Value}'" : "")}. AWS says: {e.Message} "
            + "Wait until other jobs have ended, take another instance type, or ask for more in Service Quotas.",
        "ValidationException" => $"AWS does not accept the request. It says: {e.Message}",
        "ExpiredTokenException" or "ExpiredToken" or "UnrecognizedClientException" or "InvalidSignatureException" =>
            $"the credentials are not valid, or not any more. AWS says: {e.Message} Sign in again.",
        _ when e.ErrorCode?.Contains("Throttl", StringComparison.Ordinal) == true =>
            $"AWS was asked too often at once, and refused also when asked again. It says: {e.Message} Try again in a minute.",
        _ => $"AWS answered {(int)e.StatusCode} {e.ErrorCode}: {e.Message}",
    };

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("not found|could not find|does not exist", RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();
}
