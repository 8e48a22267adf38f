using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Tests.Swap;

public sealed class SwapTests
{
    private const int Swaps = 20;

    [Test]
    public async Task LosesNothingAndMixesNothingWhileVersionsSwapUnderLoad()
    {
        await using var server = await RunningServer.WithModelAsync(new(Bias(1)));
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentBag<(HttpStatusCode Status, int Header, string Body)>();
        var clients = Enumerable.Range(0, 4).Select(_ => LoadAsync(server, answers, stop.Token)).ToArray();
        for (var version = 2; version <= Swaps + 1; version++)
        {
            await server.Shop.PublishAsync(new(Bias(version)));
            await server.ServingAsync(version);
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);

        Assert.That(answers.Count(answer => answer.Status != HttpStatusCode.OK), Is.Zero, "lost requests");
        Assert.That(answers.Select(answer => answer.Header).Distinct().Count(), Is.GreaterThan(Swaps / 2), "the load met the swaps");
        Assert.That(answers.Where(IsMixed).Take(3), Is.Empty, "predictions of a version other than that in their headers");
        Assert.That(server.Slot().Swaps, Is.EqualTo(Swaps + 1));
    }

    // the control of the test above: a prediction of the wrong version would be detected
    [Test]
    public void DistinguishesVersionsByTheirPredictions()
    {
        var answers = Enumerable.Range(1, Swaps + 1).Select(version => (HttpStatusCode.OK, version, Body(version, version))).ToList();
        Assert.That(answers.Where(IsMixed), Is.Empty);
        Assert.That(IsMixed((HttpStatusCode.OK, 3, Body(3, 4))), "another version computed it");
        Assert.That(IsMixed((HttpStatusCode.OK, 3, Body(4, 4))), "the body names another version than the header");
    }

    [Test]
    public async Task GoesBackToAnOlderVersion()
    {
        await using var server = await RunningServer.WithModelAsync(new(Bias(1)));
        await server.Shop.PublishAsync(new(Bias(2)));
        await server.ServingAsync(2);

        await server.Shop.PointAsync(1);

        await server.ServingAsync(1);
        using var answer = await server.InferAsync(Answers.Row);
        Assert.That(answer.Header(SlipwayHeaders.ModelVersion), Is.EqualTo("1"));
    }

    [Test]
    public async Task FindsModelsThatAreNew()
    {
        await using var server = await RunningServer.WithModelAsync(new(1));

        await server.Shop.PublishAsync(new(2), "valve");

        await server.ServingAsync(1, "valve");
        using var answer = await server.PostAsync("/v2/models/valve/infer", Answers.Row);
        Assert.That((await answer.JsonAsync()).Data()[0], Is.EqualTo(new TestModel(2).Predict(Answers.RowFeatures)).Within(1e-6));
    }

    [Test]
    public async Task ServesOnlyTheChannelsOfItsColor()
    {
        await using var server = new RunningServer();
        var manifest = await server.Shop.RegisterAsync(new(1));
        await server.Shop.PointBlindlyAsync(manifest.Version, color: Color.Green);
        await server.StartAsync();
        await server.ReadyAsync();

        using var answer = await server.InferAsync(Answers.Row);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain("no models yet"));
    }

    private static float Bias(int version) => version * 0.1f;

    private static string Body(int named, int computed) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"model_version\":\"{named}\",\"outputs\":[{{\"data\":[{new TestModel(Bias(computed)).Predict(Answers.RowFeatures)}]}}]}}");

    private static bool IsMixed((HttpStatusCode Status, int Header, string Body) answer)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(answer.Body)!;
        return (string?)json["model_version"] != answer.Header.ToString(CultureInfo.InvariantCulture)
            || Math.Abs(json.Data()[0] - new TestModel(Bias(answer.Header)).Predict(Answers.RowFeatures)) > 1e-4;
    }

    private static async Task LoadAsync(RunningServer server, ConcurrentBag<(HttpStatusCode, int, string)> answers, CancellationToken stop)
    {
        using var client = server.NewClient();
        while (!stop.IsCancellationRequested)
        {
            using var content = new StringContent(Answers.Row, System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("/v2/models/pump/infer", UriKind.Relative), content, CancellationToken.None);
            answers.Add((answer.StatusCode, int.Parse(answer.Header(SlipwayHeaders.ModelVersion), CultureInfo.InvariantCulture), await answer.Content.ReadAsStringAsync(CancellationToken.None)));
        }
    }
}
