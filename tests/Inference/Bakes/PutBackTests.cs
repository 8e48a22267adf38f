using System.Net;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Inference.Tests.Replicas;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Bakes;

public sealed class PutBackTests
{
    private static readonly TestModel Good = new(0.5f);

    // its golden rows are predicted, and so are most others
    private static readonly TestModel Bad = new(3) { SquareRoot = true };

    private const string WornRow = """{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[42.5,250,0,1,0]}]}""";
    private const string ThreeRows = """[{"Type":"M"},{"Type":"M"},{"Type":"M"}]""";

    [Test]
    public async Task PutsAVersionBackAtOnceThatFailsARequestWhichTheOneBeforePredicts()
    {
        await using var server = await BakingAsync(Good, Bad);
        using var fine = await server.InferAsync(Answers.Row);

        // no wait: it is decided on the path of the request that fails, and nobody notices that it did
        using var deciding = await server.InferAsync(WornRow);
        var state = server.State();
        using var next = await server.InferAsync(WornRow);

        Assert.Multiple(() =>
        {
            Assert.That((fine.StatusCode, fine.Header(SlipwayHeaders.ModelVersion)), Is.EqualTo((HttpStatusCode.OK, "2")), "its golden set and most requests are fine");
            Assert.That((deciding.StatusCode, deciding.Header(SlipwayHeaders.ModelVersion), deciding.Header(SlipwayHeaders.NotFinite)), Is.EqualTo((HttpStatusCode.OK, "1", "")));
            Assert.That((next.StatusCode, next.Header(SlipwayHeaders.ModelVersion)), Is.EqualTo((HttpStatusCode.OK, "1")));
            Assert.That(state.QuarantineOf(2), Has.Property("Reason").EqualTo("It was put back: it has no finite prediction for a request for which version 1 has one.").And.Property("Attempts").EqualTo(1));
            Assert.That((state.Phase, state.Generation.ToString(), state.Warm), Is.EqualTo((ServedModelState.Quarantined, "Serving", default(object))));
            Assert.That(server.Slot().PutBacks, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task LosesNoneOfTheRequestsThatFailAtTheSameTime()
    {
        await using var server = await BakingAsync(Good, Bad);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.InferAsync(WornRow)));

        Assert.That(answers.Select(answer => (answer.StatusCode, answer.Header(SlipwayHeaders.ModelVersion))), Is.All.EqualTo((HttpStatusCode.OK, "1")));
        Assert.That(server.Slot().PutBacks, Is.EqualTo(1));
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Test]
    public async Task HeartbeatAndMetricsReportIt()
    {
        await using var server = await BakingAsync(Good, Bad);
        var baking = await HeartbeatTests.WaitAsync(server, beat => beat.Models is [{ Generation: "baking" }]);
        using var deciding = await server.InferAsync(WornRow);
        var after = await HeartbeatTests.WaitAsync(server, beat => beat.Models is [{ PutBack: not null }]);
        var metrics = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Multiple(() =>
        {
            Assert.That(baking.Models[0], Has.Property("Version").EqualTo(2).And.Property("PutBack").Null);
            Assert.That(after.Models[0], Has.Property("Version").EqualTo(1).And.Property("Generation").EqualTo("serving"));
            Assert.That(after.Models[0].PutBack, Has.Property("Version").EqualTo(2).And.Property("To").EqualTo(1).And.Property("OnnxSha256").EqualTo(baking.Models[0].OnnxSha256));
            Assert.That(metrics, Does.Match("slipway_inference_put_backs_total\\{[^}]*model=\"pump\"\\} 1"));
        });
    }

    [Test]
    public async Task RequestThatBothVersionsFailIsTheCallers()
    {
        await using var server = await BakingAsync(Bad, Bad with { Bias = 3.01f });
        for (var i = 0; i < 20; i++)
        {
            using var failed = await server.InferAsync(WornRow);
            Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError), "or nothing is shown");
        }

        Assert.That((server.State().Serving?.Version, server.Slot().PutBacks), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task RequestFarOutsideTheTrainingRangeIsTheCallers()
    {
        await using var server = await BakingAsync(Good, Good with { Bias = 0.6f, NoSigmoid = true, Scale = 1e3f });
        using var overflown = await server.InferAsync("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[3e38,3e38,0,0,0]}]}""");

        Assert.That(overflown.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((server.State().Serving?.Version, server.Slot().PutBacks), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task PutsAVersionBackWhoseRunsTakeTooLong()
    {
        await using var server = await BakingAsync(Good, Good with { Bias = 0.6f, EndlessAt = 3 }, "ComputeTimeout=00:00:00.1");
        for (var i = 0; i < 2; i++)
        {
            using var endless = await server.PostAsync("/invocations", ThreeRows);
            Assert.That((endless.StatusCode, server.State().Serving?.Version), Is.EqualTo((HttpStatusCode.GatewayTimeout, 2)), $"{i + 1} runs are not enough");
        }

        using var next = await server.PostAsync("/invocations", ThreeRows);

        Assert.That((next.StatusCode, next.Header(SlipwayHeaders.ModelVersion)), Is.EqualTo((HttpStatusCode.OK, "1")));
        Assert.That(server.State().QuarantineOf(2)!.Reason, Does.Contain("3 of 3 runs were stopped"));
    }

    [Test]
    public async Task NextAttemptMeetsTheRequestBeforeItAnswersAnybody()
    {
        await using var server = await BakingAsync(Good, Bad, "RetryAtMost=00:00:00.05");
        using var deciding = await server.InferAsync(WornRow);

        await Wait.ForAsync(() => server.State().QuarantineOf(2) is { } held && held.Reason.StartsWith("Before the swap", StringComparison.Ordinal), "the next attempt was rejected");

        Assert.That(server.Slot().Swaps, Is.EqualTo(2), "it was not swapped in again");
        Assert.That(server.State().Serving?.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task RollingBackToTheVersionThatIsKeptNeedsNoFetch()
    {
        await using var server = await BakingAsync(Good, Bad);
        server.Store.Fail(StoreKeys.TrainingJobs(ModelShop.Model)); // no archive can be fetched
        await server.Shop.RollBackAsync(1, from: 2);
        await server.ServingAsync(1);
        using var answer = await server.InferAsync(WornRow);
        var state = server.State();

        Assert.That((answer.StatusCode, answer.Header(SlipwayHeaders.ModelVersion)), Is.EqualTo((HttpStatusCode.OK, "1")));
        Assert.That((state.Phase, state.Generation.ToString(), state.Warm, state.QuarantineOf(2)), Is.EqualTo((ServedModelState.Serving, "Serving", default(object), default(object))));
        Assert.That((server.Slot().Swaps, server.Slot().PutBacks), Is.EqualTo((3, 0)));
    }

    // people who roll back from a version do not want it back, whatever happens
    [Test]
    public async Task VersionThatWasRolledBackIsNotPutBack()
    {
        await using var server = await BakingAsync(Bad, Good);
        await server.Shop.RollBackAsync(1, from: 2);
        await server.ServingAsync(1);
        using var failed = await server.InferAsync(WornRow);

        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That((server.State().Serving?.Version, server.State().Generation.ToString()), Is.EqualTo((1, "Serving")));
    }

    // and who publishes a blocked version by hand knows what happened with it
    [Test]
    public async Task BlockedVersionThatAPersonChoseIsNotPutBack()
    {
        await using var server = await BakingAsync(Good, Bad);
        await server.Shop.RollBackAsync(1, from: 2);
        await server.ServingAsync(1);
        await server.Shop.RollBackAsync(2, from: 2);
        await server.ServingAsync(2);
        using var failed = await server.InferAsync(WornRow);

        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(server.State().Serving?.Version, Is.EqualTo(2));
    }

    [TestCase("BakeTime=0", TestName = "NothingIsKeptWithoutABakeTime")]
    [TestCase("BakeTime=0.01", TestName = "NothingIsKeptBeyondTheBakeTime")]
    public async Task StaysOnTheVersionAfterItsBake(string option)
    {
        await using var server = await BakingAsync(Good, Bad, option);
        await Wait.ForAsync(() => server.State().Warm is null, "the bake has ended");
        using var failed = await server.InferAsync(WornRow);

        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That((server.State().Serving?.Version, server.State().Generation.ToString()), Is.EqualTo((2, "Serving")));
    }

    [Test]
    public async Task VersionThatReplacesABakingOneIsComparedWithTheLastThatHadBaked()
    {
        await using var server = await BakingAsync(Good, Good with { Bias = 0.6f });
        await server.Shop.PublishAsync(Bad);
        await server.ServingAsync(3);
        using var deciding = await server.InferAsync(WornRow);

        Assert.That((server.State().Serving?.Version, deciding.Header(SlipwayHeaders.ModelVersion)), Is.EqualTo((1, "1")));
    }

    /// <summary>A server whose second version bakes beside the first one, unless an option says otherwise.</summary>
    private static async Task<RunningServer> BakingAsync(TestModel before, TestModel baking, params string[] options)
    {
        var server = await RunningServer.WithModelAsync(before, ["BakeTime=00:30:00", .. options]);
        await server.Shop.PublishAsync(baking);
        await server.ServingAsync(2);
        return server;
    }
}
