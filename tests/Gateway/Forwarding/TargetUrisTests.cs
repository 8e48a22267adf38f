using Microsoft.AspNetCore.Http;
using Slipway.Gateway.Forwarding;

namespace Slipway.Gateway.Tests.Forwarding;

public sealed class TargetUrisTests
{
    private TargetUris _uris = null!;

    [SetUp]
    public void StartFresh() => _uris = new("http://10.0.0.7:8080");

    [TestCase("/v2/models/m/infer", "", "http://10.0.0.7:8080/v2/models/m/infer")]
    [TestCase("/v2/models/m/infer", "?a=b%20c", "http://10.0.0.7:8080/v2/models/m/infer?a=b%20c")]
    [TestCase("/v2/models/a b/ü", "", "http://10.0.0.7:8080/v2/models/a%20b/%C3%BC")]
    [TestCase("", "", "http://10.0.0.7:8080/")]
    public void NameTheServerThePathAndTheQuery(string path, string query, string expected) =>
        Assert.That(_uris.Of(Request(path, query)).AbsoluteUri, Is.EqualTo(expected));

    [Test]
    public void AreParsedOnceForAPath()
    {
        var first = _uris.Of(Request("/v2/models/m/infer"));
        Assert.That(_uris.Of(Request("/v2/models/m/infer")), Is.SameAs(first));
        Assert.That(_uris.Of(Request("/v2/models/M/infer")), Is.Not.SameAs(first), "paths differ by case");
    }

    [Test]
    public void AreKeptOnlyForABoundedNumberOfPaths()
    {
        var kept = Enumerable.Range(0, TargetUris.MaxUris).Select(i => _uris.Of(Request($"/v2/models/m{i}/infer"))).ToList();
        var late = _uris.Of(Request("/v2/models/late/infer"));

        Assert.That(_uris.Of(Request("/v2/models/m0/infer")), Is.SameAs(kept[0]));
        Assert.That(_uris.Of(Request("/v2/models/late/infer")), Is.Not.SameAs(late).And.EqualTo(late));
    }

    [TestCase(TargetUris.MaxPathLength + 1, "")]
    [TestCase(1, "?x")]
    public void AreNotKeptForALongPathOrAQuery(int length, string query)
    {
        var first = _uris.Of(Request($"/{new string('a', length - 1)}", query));
        Assert.That(_uris.Of(Request($"/{new string('a', length - 1)}", query)), Is.Not.SameAs(first).And.EqualTo(first));
    }

    private static HttpRequest Request(string path, string query = "")
    {
        var request = new DefaultHttpContext().Request;
        (request.Path, request.QueryString) = (new(path), new(query));
        return request;
    }
}
