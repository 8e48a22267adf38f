using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>Whether and when to repeat a request to GitHub (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).</summary>
public static class GitHubRetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    // what GitHub recommends if a response does not say how long
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <param name="attempt">Counted from 1.</param>
    /// <param name="body">The body of the response.</param>
    /// <returns>Null if the response would be the same.</returns>
    public static TimeSpan? After(HttpStatusCode status, HttpResponseHeaders headers, string body, int attempt, DateTimeOffset now) => status switch
    {
        HttpStatusCode.TooManyRequests => Asked(headers, now) ?? Unsaid,
        // the same status also means a missing permission
        HttpStatusCode.Forbidden => Asked(headers, now) ?? (body.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase) ? Unsaid : null),
        >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => Asked(headers, now) ?? First * Math.Pow(2, attempt - 1),
        _ => null,
    };

    private static TimeSpan? Asked(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var asked = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => Header(headers, "x-ratelimit-remaining") == 0 && Header(headers, "x-ratelimit-reset") is { } reset and < 253402300800
                ? DateTimeOffset.FromUnixTimeSeconds(reset) - now
                : (TimeSpan?)null,
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private static long? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
