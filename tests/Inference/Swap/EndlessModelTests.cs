using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Generations;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Swap;

/// <summary>ONNX files that hold a loop which never ends, at some number of rows.</summary>
public sealed class EndlessModelTests
{
    private const string Impatient = "ComputeTimeout=00:00:00.2";

    private static readonly TestModel Good = new(0.5f);

    [TestCase(1)]
    [TestCase(2)] // the golden rows
    [TestCase(8)]
    [TestCase(64)]
    public async Task HoldsAVersionBackThatDoesNotEndAtASizeThatItWarms(int rows)
    {
        await using var server = await RunningServer.WithModelAsync(Good, Impatient);
        await server.Shop.PublishAsync(Good with { Bias = 0.6f, EndlessAt = rows });
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Quarantined, "the version is held back");
        using var answer = await server.InferAsync(Answers.Row);

        var state = server.State();
        Assert.That(state.Quarantined.Single().Reason, Does.Contain($"The model made no prediction for {rows} row").And.Contain("within 0.2 s, and was stopped"));
        Assert.That(state.Postponed, Is.Null, "it is the version's fault, not the store's");
        Assert.That(answer.Header(SlipwayHeaders.ModelVersion), Is.EqualTo("1"));

        await server.Shop.PublishAsync(Good with { Bias = 0.7f });
        await server.ServingAsync(3);
    }

    [Test]
    public async Task StartsOnTheVersionBefore()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        await server.Shop.PublishAsync(Good with { Bias = 0.6f, EndlessAt = 64 });
        await server.StartAsync(Impatient);

        await server.ReadyAsync();

        Assert.That(server.State().Serving?.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task EndsARequestThatComputesForEver()
    {
        await using var server = await RunningServer.WithModelAsync(Good with { EndlessAt = 3 }, Impatient, "MaxConcurrency=1");
        using var endless = await server.PostAsync("/invocations", """[{"Type":"M"},{"Type":"M"},{"Type":"M"}]""");
        using var next = await server.InferAsync(Answers.Row);
        using var again = await server.PostAsync("/invocations", """[{"Type":"M"},{"Type":"M"}]""");

        Assert.That(endless.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        Assert.That((string?)(await endless.JsonAsync())["error"], Does.Contain("no prediction for 3 rows").And.Contain("Send fewer rows"));
        Assert.That(endless.Header(SlipwayHeaders.PredictionId), Is.Empty);
        Assert.That((next.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)), "the place at the gate is free again");
    }

    [Test]
    public async Task LeavesNothingRunningWhenTheServerStops()
    {
        await using var server = await RunningServer.WithModelAsync(Good, "ComputeTimeout=00:01:00");
        var watch = server.App.Services.GetRequiredService<RunWatch>();
        var serving = watch.Watched;
        await server.Shop.PublishAsync(Good with { Bias = 0.6f, EndlessAt = 2 });
        await Wait.ForAsync(() => watch.Watched > serving, "the verification runs the model");

        await server.StopAsync();

        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(server.CacheFolder, "blue-1")), Is.Empty);
        Assert.That(watch.Watched, Is.Zero);
    }

    [Test]
    public async Task GivesUpAProofThatTakesTooLongAltogether()
    {
        // each run ends in time, and all of them together do not
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good with { Iterations = 60_000 });
        await server.StartAsync("ProveTimeout=00:00:00.1", "ComputeTimeout=00:01:00", "RetryAfter=00:10:00", "RetryAtMost=00:10:00");
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Failed, "the version has failed");

        Assert.That(server.State().Quarantined.Single().Reason, Does.Contain("not be verified within 0.1 s"));
        await Wait.ForAsync(() => server.App.Services.GetRequiredService<RunWatch>().Watched == 0, "the loaded session is disposed");
    }
}
