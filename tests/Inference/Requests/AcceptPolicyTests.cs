using Microsoft.Extensions.Primitives;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Tests.Requests;

public sealed class AcceptPolicyTests
{
    private static readonly string[] Offered = ["application/json", "text/csv", "application/jsonlines"];

    [TestCase("", "application/json")]
    [TestCase("*/*", "application/json")]
    [TestCase("text/csv", "text/csv")]
    [TestCase("Text/CSV; charset=utf-8", "text/csv")]
    [TestCase("application/json, text/csv;q=0.1", "application/json")]
    [TestCase("text/csv;q=0.1, application/json", "application/json")]
    [TestCase("application/json;q=1.0, text/csv;q=0", "application/json")]
    [TestCase("application/json;q=0.2, text/csv;q=0.9", "text/csv")]
    [TestCase("text/csv, application/json", "text/csv")]
    [TestCase("text/csv, */*;q=0.5", "text/csv")]
    [TestCase("text/csv, */*", "text/csv")]
    [TestCase("text/*", "text/csv")]
    [TestCase("*/*, application/json;q=0", "text/csv")]
    [TestCase("application/jsonlines", "application/jsonlines")]
    [TestCase("application/xml", null)]
    [TestCase("application/json;q=0, text/csv;q=0, application/jsonlines;q=0", null)]
    [TestCase("*/*;q=0", null)]
    [TestCase("nonsense", "application/json")]
    public void GivesWhatTheCallerWouldRatherHave(string accept, string? expected) =>
        Assert.That(AcceptPolicy.Choose(new StringValues(accept), Offered), Is.EqualTo(expected));

    [Test]
    public void ReadsSeveralHeadersAsOne() =>
        Assert.That(AcceptPolicy.Choose(new StringValues(["application/json;q=0.1", "text/csv"]), Offered), Is.EqualTo("text/csv"));
}
