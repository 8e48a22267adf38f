using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Tests.Hosting;

public sealed class OpenApiTests
{
    private RunningServer _server = null!;
    private JsonNode _document = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await new RunningServer().StartAsync();
        using var answer = await _server.Client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        _document = await answer.JsonAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public void DescribesEveryRouteAndNoOther()
    {
        var mapped = _server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!).Distinct();

        Assert.That(_document["paths"]!.AsObject().Select(path => path.Key), Is.EquivalentTo(mapped));
    }

    [Test]
    public void DescribesEveryMethodAndNoOther()
    {
        // routes that take every method, as the scraping endpoint does, name none; HEAD goes without saying
        var mapped = _server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(method => method != "HEAD")
                .Select(method => $"{method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}"));
        var described = _document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(member => member.Key != "parameters").Select(member => $"{member.Key} {path.Key}"));

        Assert.That(described, Is.EquivalentTo(mapped));
    }

    [Test]
    public async Task AnswersHeadWhereverItAnswersGet()
    {
        foreach (var (path, _) in _document["paths"]!.AsObject().Where(path => path.Value!.AsObject().ContainsKey("get")))
        {
            var address = path.Replace("{model}", "none", StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal);
            using var get = await _server.Client.GetAsync(new Uri(address, UriKind.Relative));
            using var head = await _server.Client.SendAsync(new(HttpMethod.Head, address));

            Assert.That(head.StatusCode, Is.EqualTo(get.StatusCode), path);
            Assert.That(head.Content.Headers.ContentType, Is.EqualTo(get.Content.Headers.ContentType), path);
            Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty, path);
        }
    }

    [Test]
    public void PointsOnlyToWhatIsThere()
    {
        foreach (var reference in References(_document).Distinct())
            Assert.That(reference[2..].Split('/').Aggregate((JsonNode?)_document, (node, part) => node?[part]), Is.Not.Null, reference);
    }

    [TestCase(SlipwayHeaders.PredictionId)]
    [TestCase(SlipwayHeaders.ModelVersion)]
    [TestCase(SlipwayHeaders.TrainingJob)]
    [TestCase(SlipwayHeaders.Color)]
    [TestCase(SlipwayHeaders.OutOfRange)]
    [TestCase(SlipwayHeaders.IgnoredColumns)]
    public void NamesTheHeadersOfPredictions(string header) =>
        Assert.That(_document["paths"]!["/invocations"]!["post"]!["responses"]!["200"]!["headers"]![header], Is.Not.Null);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member is { Key: "$ref", Value: { } target } ? [target.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
