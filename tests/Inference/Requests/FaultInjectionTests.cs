using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Tests.Requests;

public sealed class FaultInjectionTests
{
    [TestCase("errors:0", 0), TestCase("errors:0.3", 0.3), TestCase("errors:1", 1)]
    public void ShareIsReadFromTheOption(string text, double share)
    {
        Assert.That(FaultInjection.TryParse(text, out var read), Is.True);
        Assert.That(read, Is.EqualTo(share));
    }

    [TestCase(""), TestCase("errors"), TestCase("errors:"), TestCase("errors:1.1"), TestCase("errors:-0.1"), TestCase("slow:0.3"), TestCase("errors:0,3")]
    public void AnythingElseIsRefused(string text) => Assert.That(FaultInjection.TryParse(text, out _), Is.False);

    [Test]
    public void EveryRequestFailsAtAShareOfOne() => Assert.That(
        () => Of(1).Around(_ => Task.CompletedTask)(new DefaultHttpContext()), Throws.TypeOf<RequestException>().With.Property("Status").EqualTo(500));

    [Test]
    public void ServerWithoutAFaultIsLeftAlone()
    {
        Func<HttpContext, Task> handler = _ => Task.CompletedTask;

        Assert.That(Of(0).Around(handler), Is.SameAs(handler));
    }

    private static FaultInjection Of(double share) => new(share, NullLogger<FaultInjection>.Instance);
}
