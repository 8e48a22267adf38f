using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Slipway.Hosting.Problems;

namespace Slipway.Hosting.Tests.Problems;

public sealed class ProblemTests
{
    [Test]
    public async Task SaysStatusAndReasonAsProblemDetails()
    {
        var (response, body) = await WriteAsync("GET", 404, "There is no model 'pump'.");

        using var json = JsonDocument.Parse(body);
        Assert.Multiple(() =>
        {
            Assert.That((response.StatusCode, response.ContentType, response.ContentLength), Is.EqualTo((404, "application/problem+json", (long?)body.Length)));
            Assert.That(json.RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value}"), Is.EqualTo(new[]
            {
                "type=about:blank", "title=Not Found", "status=404", "detail=There is no model 'pump'.", "error=There is no model 'pump'.",
            }));
            Assert.That(response.Headers.RetryAfter, Is.Empty);
        });
    }

    [Test]
    public async Task SendsTheCallerOfAFullServiceARetryTime()
    {
        var (response, _) = await WriteAsync("POST", 503, "Full.");

        Assert.That(response.Headers.RetryAfter, Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task AnswersHeadWithoutABody()
    {
        var (response, body) = await WriteAsync("HEAD", 404, "Nothing is here.");

        Assert.That(body, Is.Empty);
        Assert.That(response.ContentLength, Is.GreaterThan(0));
    }

    [Test]
    public async Task HalfAnAnswerDoesNotLookLikeAWholeOne()
    {
        var context = new DefaultHttpContext();
        var lifetime = new Lifetime();
        context.Features.Set<IHttpResponseFeature>(new Started());
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);

        await Problem.WriteAsync(context, 500, "Too late.");

        Assert.That(lifetime.IsAborted);
        Assert.That(context.Response.StatusCode, Is.EqualTo(200));
    }

    private static async Task<(HttpResponse Response, byte[] Body)> WriteAsync(string method, int status, string message)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        (context.Request.Method, context.Response.Body) = (method, body);
        await Problem.WriteAsync(context, status, message);
        return (context.Response, body.ToArray());
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
