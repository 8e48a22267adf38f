using System.Globalization;
using System.Net;
using System.Text.Json;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Replicas;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Inference.Tests.Bakes;

public sealed class ReplayTests
{
    private static readonly TestModel Good = new(0.5f);
    private static readonly TestModel Bad = new(3) { SquareRoot = true };

    [Test]
    public async Task RejectsAVersionThatFailsARecentRequestBeforeItAnswersAnybody()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        await AskAsync(server, torque: 42.5f, wear: 250);

        await server.Shop.PublishAsync(Bad);
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Quarantined, "the version is held back");

        Assert.That(server.State().QuarantineOf(2)!.Reason, Is.EqualTo("Before the swap, it has no finite prediction for 1 of 1 recent requests, for all of which version 1 has one."));
        Assert.That(server.Slot().Swaps, Is.EqualTo(1));
    }

    // the control of the test above
    [Test]
    public async Task ServesTheSameVersionWhereNobodySentSuchARequest()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        await AskAsync(server, torque: 42.5f, wear: 10);

        await server.Shop.PublishAsync(Bad);

        await server.ServingAsync(2);
    }

    [Test]
    public async Task KeepsNothingWhereReplayIsOff()
    {
        await using var server = await RunningServer.WithModelAsync(Good, "ReplayRequests=0");
        await AskAsync(server, torque: 42.5f, wear: 250);

        await server.Shop.PublishAsync(Bad);

        await server.ServingAsync(2);
    }

    [Test]
    public async Task RejectsAVersionThatTakesSeveralTimesAsLong()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        for (var i = 0; i < 20; i++)
            await AskAsync(server, torque: i, wear: 10);

        await server.Shop.PublishAsync(Good with { Bias = 0.6f, Iterations = 5_000 });
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Quarantined, "the version is held back");

        Assert.That(server.State().QuarantineOf(2)!.Reason, Does.Match("it took more than 3 times as long as version 1 for [0-9]+ of 20 recent requests"));
    }

    [Test]
    public async Task RejectsAVersionThatPredictsSomethingElseFarMoreOftenThanOnTheHoldout()
    {
        await using var server = await DisagreeingAsync(champion: 1);
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Quarantined, "the version is held back");

        Assert.That(server.State().QuarantineOf(2)!.Reason, Does.Contain("predicts something else than version 1 for 40 of 40 recent requests; after 2 of 200 on the holdout, up to 23.6 % is accepted"));
    }

    [Test]
    public async Task ServesAVersionWhoseGateComparedItWithAnotherVersion()
    {
        await using var server = await DisagreeingAsync(champion: null);

        await server.ServingAsync(2);
    }

    [Test]
    public async Task DoesNotKeepAPersonFromRollingBack()
    {
        await using var server = await RunningServer.WithModelAsync(Bad);
        await server.Shop.PublishAsync(Good);
        await server.ServingAsync(2);
        await AskAsync(server, torque: 42.5f, wear: 250);

        await server.Shop.RollBackAsync(1, from: 2);

        await server.ServingAsync(1);
    }

    [Test]
    public async Task ReplaysWhatMapsToAVersionWithOtherColumns()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        await AskAsync(server, torque: 42.5f, wear: 250);
        ColumnSchema[] columns = [TestModel.Schema.Columns[1], new("new", ColumnKind.Numeric, null, 7, 0, 9)];
        var schema = TestModel.Schema with { Columns = columns, Features = ["Wear, tool", "new"] };

        // not a number for the recent value of the column that both have
        await PublishAsync(server, schema, [-0.02f, 0], "Sqrt", bias: 3, golden: [[10, 7]]);
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Quarantined, "the version is held back");
        await PublishAsync(server, schema, [-0.02f, 0], "Sqrt", bias: 6, golden: [[10, 7]]);

        await server.ServingAsync(3);
        Assert.That(server.State().QuarantineOf(2)!.Reason, Does.StartWith("Before the swap, it has no finite prediction"));
    }

    private static async Task PublishAsync(RunningServer server, ModelSchema schema, float[] weights, string last, float bias, float[][] golden)
    {
        var onnx = OnnxModel.Linear(weights, bias, JsonSerializer.Serialize(schema, RegistryJson.Default.ModelSchema), last, 0);
        float[][] outputs = [.. golden.Select(row => new[] { MathF.Sqrt(bias + row.Zip(weights).Sum(pair => pair.First * pair.Second)) })];
        var manifest = await server.Shop.RegisterAsync(ModelShop.Model, schema, onnx, await PackedArtifact.CreateAsync(onnx, new([], golden, outputs, 1e-5)));
        await server.Shop.PointAsync(manifest.Version);
    }

    /// <summary>A server whose second version has another label for each of 40 recent requests.</summary>
    private static async Task<RunningServer> DisagreeingAsync(int? champion)
    {
        var server = await RunningServer.WithModelAsync(new(-20));
        for (var i = 0; i < 40; i++)
            await AskAsync(server, torque: i, wear: 10);
        var manifest = await server.Shop.RegisterAsync(new(20), ModelShop.Model, ArchiveFault.None, new(200, 2, 0.003, 0.036), champion);
        await server.Shop.PointAsync(manifest.Version);
        return server;
    }

    private static async Task AskAsync(RunningServer server, float torque, float wear)
    {
        using var answer = await server.InferAsync(string.Create(CultureInfo.InvariantCulture,
            $$$"""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[{{{torque}}},{{{wear}}},0,1,0]}]}"""));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
