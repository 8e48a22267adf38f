using System.Net;
using Slipway.Gateway.Forwarding;

namespace Slipway.Gateway.Tests.Forwarding;

public class RetryPolicyTests
{
    [TestCase("POST", "/v2/models/m/infer", true)]
    [TestCase("POST", "/invocations", true)]
    [TestCase("GET", "/v2/models/m", true)]
    [TestCase("HEAD", "/v2", true)]
    [TestCase("POST", "/v2/models/m/feedback", false)]
    [TestCase("POST", "/v2/models/m/feedback/", false)]
    [TestCase("POST", "/v2/models/m/FEEDBACK", false)]
    [TestCase("GET", "/v2/models/m/feedback", true)]
    [TestCase("PUT", "/v2/models/m", false)]
    [TestCase("DELETE", "/v2/models/m", false)]
    public void OnlyWhatIsPureMayBeRepeated(string method, string path, bool expected) =>
        Assert.That(RetryPolicy.IsRepeatable(method, path), Is.EqualTo(expected));

    [TestCase(HttpStatusCode.ServiceUnavailable, true)]
    [TestCase(HttpStatusCode.BadGateway, true)]
    [TestCase(HttpStatusCode.InternalServerError, false)]
    [TestCase(HttpStatusCode.BadRequest, false)]
    [TestCase(HttpStatusCode.OK, false)]
    public void OnlyARefusalIsHeldBack(HttpStatusCode status, bool expected) => Assert.That(RetryPolicy.IsRefusal(status), Is.EqualTo(expected));

    [Test]
    public void TheBudgetIsABurstAndThenAShareOfTheRequests()
    {
        var budget = new RetryBudget(percent: 20, burst: 3);
        Assert.That(Enumerable.Range(0, 5).Select(_ => budget.TrySpend()), Is.EqualTo(new[] { true, true, true, false, false }));
        for (var i = 0; i < 5; i++)
            budget.Earn();
        Assert.That(Enumerable.Range(0, 2).Select(_ => budget.TrySpend()), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void TheBudgetDoesNotGrowBeyondItsBurst()
    {
        var budget = new RetryBudget(percent: 100, burst: 2);
        for (var i = 0; i < 100; i++)
            budget.Earn();
        Assert.That(Enumerable.Range(0, 10).Count(_ => budget.TrySpend()), Is.EqualTo(2));
    }

    [Test]
    public void NothingIsRepeatedWithoutABudget() => Assert.That(new RetryBudget(0, 0).TrySpend(), Is.False);
}
