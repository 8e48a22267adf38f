using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Replicas;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.PredictionLogs;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;

namespace Slipway.Inference.Tests.PredictionLogs;

public sealed class PredictionLogTests
{
    private static readonly TestModel Version = new(0.5f);

    [Test]
    public async Task WritesEncodedRowsWhereATraceFindsThem()
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var answer = await server.InferAsync(Answers.Row);
        var record = await FindAsync(server, answer.Header(SlipwayHeaders.PredictionId));

        Assert.Multiple(() =>
        {
            Assert.That((record.Model, record.Version, record.Replica, record.Color), Is.EqualTo(("pump", 1, "blue-1", Color.Blue)));
            Assert.That(record.TrainingJob, Is.EqualTo("pump-0123456789ab-a1"));
            Assert.That(record.Inputs.GetRawText(), Is.EqualTo("[[42.5,10,0,1,0]]"));
            Assert.That(record.Outputs[0][0], Is.EqualTo(Version.Predict(Answers.RowFeatures)).Within(1e-6));
            Assert.That(record.At, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [TestCase("application/json", """[{"Type":"M","Torque [Nm]":42.5,"Wear, tool":null},{"Torque [Nm]":"1e1","Type":"ü\"","UDI":1}]""")]
    [TestCase("text/csv", "UDI,Type,Torque [Nm],\"Wear, tool\"\n7,M,42.5,\n8,\"ü\"\"\",+10,\n")]
    public async Task WritesRawValuesByColumn(string type, string body)
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var answer = await server.PostAsync("/invocations", body, type);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());

        var record = await FindAsync(server, answer.Header(SlipwayHeaders.PredictionId));

        var rows = JsonNode.Parse(record.Inputs.GetRawText())!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Count.EqualTo(2));
            Assert.That(rows[0]!.ToJsonString(), Is.EqualTo("""{"Torque [Nm]":42.5,"Wear, tool":null,"Type":"M"}"""));
            Assert.That((string?)rows[1]!["Type"], Is.EqualTo("ü\""));
            Assert.That(rows[1]!["Torque [Nm]"]!.ToString(), Is.EqualTo("10"));
            Assert.That(record.Outputs, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task AnswersProbesWithoutLoggingThem()
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var probe = await server.InferAsync(Answers.Row, (SlipwayHeaders.Probe, "golden"));
        using var answer = await server.InferAsync(Answers.Row);
        await FindAsync(server, answer.Header(SlipwayHeaders.PredictionId));

        Assert.That(probe.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Log(server).Accepted, Is.EqualTo(1));
        Assert.That((await TraceAsync(server, probe.Header(SlipwayHeaders.PredictionId))).Logged, Is.Null);
        Assert.That((await TraceAsync(server, probe.Header(SlipwayHeaders.PredictionId))).Authentic);
    }

    [Test]
    public async Task WritesWhatIsLeftWhenItIsStopped()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "PredictionLog:FlushInterval=00:10:00", "PredictionLog:MaxRecordsPerObject=2");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            using (var answer = await server.InferAsync(Answers.Row))
                ids.Add(answer.Header(SlipwayHeaders.PredictionId));
        var log = Log(server);

        await server.StopAsync();

        foreach (var id in ids)
            Assert.That((await TraceAsync(server, id)).Logged, Is.Not.Null, id);
        Assert.That((log.Accepted, log.Written, log.Dropped), Is.EqualTo((5L, 5L, 0L)));
    }

    [Test]
    public async Task NeverHurtsServingWhenTheStoreDoesNotTakeIt()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "PredictionLog:Capacity=10");
        server.Store.Fail("predictions/");
        for (var i = 0; i < 50; i++)
            using (var answer = await server.InferAsync(Answers.Row))
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var log = Log(server);
        Assert.That((log.Accepted, log.Written), Is.EqualTo((50L, 0L)));
        Assert.That(log.Dropped, Is.GreaterThan(0));

        server.Store.Heal();

        await Wait.ForAsync(() => log.Written + log.Dropped == 50, "every record was written or counted as dropped");
        Assert.That(log.Written, Is.GreaterThanOrEqualTo(10));
        Assert.That(await PredictionsAsync(server).CountAsync(), Is.EqualTo(log.Written));
    }

    /// <summary>What was sent is known here, so that what the log counts can be compared with it.</summary>
    [Test]
    public async Task UnderMoreThanItCanTakeEveryRecordIsWrittenOrCountedAsDropped()
    {
        const int callers = 8, each = 25;
        await using var server = await RunningServer.WithModelAsync(Version, "PredictionLog:Capacity=20", "PredictionLog:MaxRecordsPerObject=10");
        var log = Log(server);

        server.Store.Fail("predictions/");
        var sent = await SendAsync();
        Assert.That(log.Dropped, Is.GreaterThanOrEqualTo(callers * each - 40), "no more than the queue and the objects that are retried are kept");
        server.Store.Heal();
        sent.UnionWith(await SendAsync());
        await server.StopAsync();

        var stored = await PredictionsAsync(server).Select(record => record.PredictionId).ToListAsync();
        Assert.That((sent.Count, log.Accepted, log.Written + log.Dropped), Is.EqualTo((2 * callers * each, 2L * callers * each, 2L * callers * each)));
        Assert.That((stored.Count, stored.Except(sent).Count(), stored.Distinct().Count()), Is.EqualTo(((int)log.Written, 0, (int)log.Written)));

        async Task<HashSet<string>> SendAsync()
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
            {
                var own = new List<string>();
                for (var i = 0; i < each; i++)
                    using (var answer = await server.InferAsync(Answers.Row))
                        own.Add(answer.Header(SlipwayHeaders.PredictionId));
                return own;
            }));
            return [.. ids.SelectMany(own => own)];
        }
    }

    [Test]
    public async Task CountsWhatItCouldNotWriteAtTheEnd()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "PredictionLog:FlushInterval=00:10:00");
        using (await server.InferAsync(Answers.Row))
            server.Store.Fail("predictions/");
        var log = Log(server);

        await server.StopAsync();

        Assert.That((log.Accepted, log.Written, log.Dropped), Is.EqualTo((1L, 0L, 1L)));
    }

    [Test]
    public async Task WritesAsSoonAsAnObjectIsFull()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "PredictionLog:FlushInterval=00:10:00", "PredictionLog:MaxRecordsPerObject=5");
        for (var i = 0; i < 5; i++)
            using (await server.InferAsync(Answers.Row))
                continue;

        await Wait.ForAsync(() => Log(server).Written == 5, "the full object is written long before the interval is over");
    }

    [Test]
    public async Task WritesAsSoonAsHalfOfItsRoomIsTaken()
    {
        using var log = new PredictionLog(new() { FlushInterval = TimeSpan.FromHours(1), MaxPendingBytes = 5000 }, TimeProvider.System);
        var woken = log.WaitAsync(CancellationToken.None);
        log.Add(new SizedEntry(2400));
        Assert.That(woken.IsCompleted, Is.False);

        log.Add(new SizedEntry(200));

        await woken.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    [TestCase(0.25, 100, 25)]
    [TestCase(0, 100, 0)]
    [TestCase(1, 100, 100)]
    public void TakesASample(double rate, int requests, int expected)
    {
        using var log = new PredictionLog(new() { SampleRate = rate }, TimeProvider.System);

        Assert.That(Enumerable.Range(0, requests).Count(_ => log.Takes(probe: false)), Is.EqualTo(expected));
    }

    [Test]
    public void IsBoundedByBytesAsWellAsByRecords()
    {
        using var log = new PredictionLog(new() { Capacity = 1000, MaxPendingBytes = 5000 }, TimeProvider.System);
        var entry = new LoggedFeedback("id", new("pump", 1, "blue-1", DateTimeOffset.UnixEpoch, 1), default, DateTimeOffset.UnixEpoch);
        var taken = Enumerable.Range(0, 10).Count(_ => log.Add(entry));

        Assert.That(taken, Is.EqualTo(5000 / entry.Bytes));
        Assert.That((log.Accepted, log.Dropped), Is.EqualTo((10L, 10L - taken)));
    }

    [Test]
    public async Task WritesFeedbackNextToThePrediction()
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var answer = await server.InferAsync(Answers.Row);
        var id = answer.Header(SlipwayHeaders.PredictionId);
        using var feedback = await server.PostAsync("/v2/models/pump/feedback", $$"""{"predictionId":"{{id}}","label":"broken"}""");
        Assert.That(feedback.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));

        var log = Log(server);
        await Wait.ForAsync(() => log.Written == 2, "both were written");
        var record = await FeedbackRecordsAsync(server).SingleAsync();

        Assert.That((record.PredictionId, record.Model, record.Version, record.Label.GetString()), Is.EqualTo((id, "pump", 1, "broken")));
        Assert.That((await TraceAsync(server, id)).Logged?.Outputs, Is.Not.Null, "the prediction is still found, and not taken for its feedback");
    }

    [TestCase("{}", "Send {")]
    [TestCase("{\"predictionId\":\"pump.1.blue-1.2026112200.1.0123456789abcdef\",\"label\":1}", "not an id from this system")]
    [TestCase("{\"predictionId\":\"nonsense\",\"label\":1}", "not an id from this system")]
    [TestCase("{\"predictionId\":", "not valid JSON")]
    public async Task RefusesFeedbackOnWhatItNeverPredicted(string body, string reason)
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var answer = await server.PostAsync("/v2/models/pump/feedback", body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain(reason));
    }

    [Test]
    public async Task WritesTheSameFeedbackOnceAndACorrectionAfterIt()
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var answer = await server.InferAsync(Answers.Row);
        var id = answer.Header(SlipwayHeaders.PredictionId);
        foreach (var label in new[] { "broken", "broken", "healthy", "healthy" })
            using (var feedback = await server.PostAsync("/v2/models/pump/feedback", $$"""{"predictionId":"{{id}}","label":"{{label}}"}"""))
                Assert.That(feedback.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await Wait.ForAsync(() => Log(server).Written == 3, "all was written");

        var labels = await FeedbackRecordsAsync(server).Where(record => record.PredictionId == id).OrderBy(record => record.At).ToListAsync();
        Assert.That(labels.Select(record => record.Label.GetString()), Is.EqualTo(new[] { "broken", "healthy" }));
    }

    [Test]
    public async Task TakesNoEndOfCorrections()
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var answer = await server.InferAsync(Answers.Row);
        var id = answer.Header(SlipwayHeaders.PredictionId);
        var refused = 0;
        for (var i = 0; i < 40; i++)
            using (var feedback = await server.PostAsync("/v2/models/pump/feedback", $$"""{"predictionId":"{{id}}","label":"{{(i % 2 == 0 ? "broken" : "healthy")}}"}"""))
                refused += feedback.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;

        Assert.That(Log(server).Accepted, Is.EqualTo(1 + 1 + RecentFeedback.MaxChanges), "the prediction, its label, and the changes of that");
        Assert.That(refused, Is.GreaterThan(0));
    }

    [TestCase(1, """["broken","broken"]""", "has 2 values, but the prediction has 1 row")]
    [TestCase(2, """["broken","broken","healthy"]""", "has 3 values, but the prediction has 2 rows")]
    [TestCase(2, """["broken","healthy"]""", null)]
    [TestCase(2, "[]", "has 0 values")]
    [TestCase(1, """[["broken"]]""", "is not a label")]
    [TestCase(1, """[{"a":"broken"}]""", "is not a label")]
    public async Task TakesOneLabelARow(int rows, string label, string? reason)
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var answer = await server.PostAsync("/invocations", $"[{string.Join(',', Enumerable.Repeat("""{"Type":"M"}""", rows))}]");
        var id = answer.Header(SlipwayHeaders.PredictionId);

        // for a deleted version, the classes are unknown, but the number of rows is not
        await server.Shop.PublishAsync(new(0.6f));
        await server.ServingAsync(2);
        using var feedback = await server.PostAsync("/v2/models/pump/feedback", $$"""{"predictionId":"{{id}}","label":{{label}}}""");

        Assert.That(feedback.StatusCode, Is.EqualTo(reason is null ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest));
        if (reason is not null)
            Assert.That((string?)(await feedback.JsonAsync())["error"], Does.Contain(reason));
    }

    [Test]
    public void CountsTheMemoryThatALabelTakes()
    {
        using var log = new PredictionLog(new() { Capacity = 1000, MaxPendingBytes = 500_000 }, TimeProvider.System);
        var entry = new LoggedFeedback("id", new("pump", 1, "blue-1", DateTimeOffset.UnixEpoch, 1), new byte[60_000], DateTimeOffset.UnixEpoch);

        Assert.That(Enumerable.Range(0, 100).Count(_ => log.Add(entry)), Is.EqualTo(8));
    }

    [Test]
    public async Task LeavesOutARecordThatCannotBeWritten()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "PredictionLog:FlushInterval=00:10:00", "PredictionLog:MaxRecordsPerObject=3");
        var log = Log(server);
        using var first = await server.InferAsync(Answers.Row);
        Assert.That(log.Add(new DefectiveEntry()));
        using var second = await server.InferAsync(Answers.Row);

        await Wait.ForAsync(() => log.Written == 2, "the two others were written");
        Assert.That(log.Dropped, Is.EqualTo(1));
        Assert.That((await TraceAsync(server, first.Header(SlipwayHeaders.PredictionId))).Logged, Is.Not.Null);
        Assert.That((await TraceAsync(server, second.Header(SlipwayHeaders.PredictionId))).Logged, Is.Not.Null);
        using var third = await server.InferAsync(Answers.Row);
        Assert.That(third.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the server runs on");
    }

    [Test]
    public async Task WritesAllModelsOfAnIntervalIntoOneObject()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "PredictionLog:FlushInterval=00:10:00");
        await server.Shop.PublishAsync(new(0.7f), "valve");
        await server.ServingAsync(1, "valve");
        using (await server.InferAsync(Answers.Row))
        using (await server.PostAsync("/v2/models/valve/infer", Answers.Row))
        using (await server.InferAsync(Answers.Row))
            await server.StopAsync();

        var keys = await server.Inner.ListKeysAsync(StoreKeys.Predictions).ToListAsync();
        Assert.That(keys, Has.Count.EqualTo(1).Or.Count.EqualTo(2), "two at the turn of the hour");
        Assert.That(keys, Has.All.Match($"^predictions/dt=[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}/hh=[0-9]{{2}}/blue-1-[0-9a-f]{{12}}-[0-9a-f]{{12}}-[0-9a-f]{{6}}\\.parquet$"));
        Assert.That(await PredictionsAsync(server).Select(record => record.Model).Order().ToListAsync(), Is.EqualTo(new[] { "pump", "pump", "valve" }));
    }

    [Test]
    public async Task GoesOnAfterSomebodyDeletedItsFolder()
    {
        await using var server = await RunningServer.WithModelAsync(Version);
        using var first = await server.InferAsync(Answers.Row);
        await FindAsync(server, first.Header(SlipwayHeaders.PredictionId));

        TestFolder.Remove(Path.Combine(server.StoreFolder, "predictions"));
        using var second = await server.InferAsync(Answers.Row);

        await FindAsync(server, second.Header(SlipwayHeaders.PredictionId));
        Assert.That((Log(server).Written, Log(server).Dropped), Is.EqualTo((2L, 0L)));
    }

    private sealed record DefectiveEntry() : LogEntry("defective", ModelShop.Model, 1, TimeProvider.System.GetUtcNow())
    {
        public override long Bytes => 100;
        public override LogKind Kind => LogKind.Prediction;
        public override ulong Count => 1;

        public override void Write(LogRows rows, ReplicaIdentity replica, PersonalValues personal)
        {
            ((PredictionRows)rows).Begin(new("defective".AsMemory(), Hour, Model, Version, "", "", "", 0), 0, [0.5f], null);
            throw new ArgumentException("This record cannot be written.");
        }
    }

    private sealed record SizedEntry(long Size) : LogEntry("id", "pump", 1, DateTimeOffset.UnixEpoch)
    {
        public override long Bytes => Size;
        public override LogKind Kind => LogKind.Prediction;
        public override ulong Count => 1;
        public override void Write(LogRows rows, ReplicaIdentity replica, PersonalValues personal) => throw new NotSupportedException();
    }

    private static PredictionLog Log(RunningServer server) => server.App.Services.GetRequiredService<PredictionLog>();

    private static async Task<PredictionRecord> FindAsync(RunningServer server, string id)
    {
        PredictionRecord? record = null;
        await Wait.ForAsync(async () => (record = (await TraceAsync(server, id)).Logged) is not null, $"{id} is in the log");
        return record!;
    }

    private static async Task<TracedPrediction> TraceAsync(RunningServer server, string id) =>
        await new PredictionTrace(server.Inner, new(await File.ReadAllBytesAsync(server.KeyFile)), SignaturePolicy.Off).FindAsync(id);

    private static IAsyncEnumerable<PredictionRecord> PredictionsAsync(RunningServer server) =>
        new PredictionLogReader(server.Inner).ReadAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddDays(-1));

    private static IAsyncEnumerable<FeedbackRecord> FeedbackRecordsAsync(RunningServer server) =>
        new PredictionLogReader(server.Inner).ReadFeedbackAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddDays(-1));
}
