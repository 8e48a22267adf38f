using System.Net;
using Slipway.Build.Workflows.PullRequests;

namespace Slipway.Build.Tests.Workflows.PullRequests;

public sealed class GitHubRetryDelayTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddSeconds(1_000_000);

    [TestCase(HttpStatusCode.BadGateway, "", "", "x", 1, 2)]
    [TestCase(HttpStatusCode.BadGateway, "", "", "x", 3, 8)]
    [TestCase(HttpStatusCode.ServiceUnavailable, "Retry-After", "7", "x", 1, 7)]
    [TestCase(HttpStatusCode.TooManyRequests, "", "", "x", 1, 60)]
    [TestCase(HttpStatusCode.Forbidden, "Retry-After", "9", "x", 1, 9)]
    [TestCase(HttpStatusCode.Forbidden, "", "", "You have exceeded a secondary rate limit", 1, 60)]
    [TestCase(HttpStatusCode.Forbidden, "x-ratelimit-reset", "1000030", "x", 1, 30)]
    [TestCase(HttpStatusCode.Forbidden, "x-ratelimit-reset", "999000", "x", 1, 0)]
    public void WaitsAsItIsTold(HttpStatusCode status, string header, string value, string body, int attempt, int seconds) =>
        Assert.That(Pause(status, header, value, body, attempt), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase(HttpStatusCode.Forbidden)]
    [TestCase(HttpStatusCode.NotFound)]
    [TestCase(HttpStatusCode.Unauthorized)]
    [TestCase(HttpStatusCode.UnprocessableEntity)]
    public void DoesNotAskAgainForWhatStaysRefused(HttpStatusCode status) => Assert.That(Pause(status, "", "", "no", 1), Is.Null);

    private static TimeSpan? Pause(HttpStatusCode status, string header, string value, string body, int attempt)
    {
        using var answer = new HttpResponseMessage(status);
        if (header.Length > 0)
            answer.Headers.TryAddWithoutValidation(header, value);
        if (header == "x-ratelimit-reset")
            answer.Headers.TryAddWithoutValidation("x-ratelimit-remaining", "0");
        return GitHubRetryDelay.After(status, answer.Headers, body, attempt, Now);
    }
}
