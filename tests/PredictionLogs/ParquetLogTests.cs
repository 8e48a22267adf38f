using System.Text.Json;
using Slipway.PredictionLogs.Retention;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.PredictionLogs.Tests;

public sealed class ParquetLogTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 31, 23, 59, 58, 125, TimeSpan.Zero);

    private StoreFolder _folder = null!;

    [SetUp]
    public void CreateStore() => _folder = new();

    [TearDown]
    public void DeleteStore() => _folder.Dispose();

    [Test]
    public async Task FindsAPredictionAmongOthersWithoutReadingOtherObjects()
    {
        await ParquetObjects.PutAsync(_folder.Store, At, "pumps", 100, 101, 102);
        await ParquetObjects.PutAsync(_folder.Store, At, "pumps", 103, 104);
        await ParquetObjects.PutAsync(_folder.Store, At, "pumps", 105);
        var store = new CountingStore(_folder.Store);

        var found = await FindAsync(103, store);

        Assert.That((found!.PredictionId, found.At, found.Outputs[0]), Is.EqualTo((ParquetObjects.Id(At, 103), At, new[] { 0.103f, 1 - 0.103f })));
        Assert.That(found.Inputs.GetRawText(), Is.EqualTo(JsonSerializer.Serialize(new[] { new Dictionary<string, object?> { ["pressure"] = (double)(0.103f * 10), ["wear"] = null, ["kind"] = "A" } })));
        Assert.That(store.Requests, Is.EqualTo(new[]
        {
            "ListKeys predictions/dt=2026-12-31/hh=23/blue-1-", "Get predictions/dt=2026-12-31/hh=23/blue-1-000000000067-000000000068-abcdef.parquet",
        }));
    }

    [Test]
    public async Task FindsNothingThatWasNotLogged()
    {
        await ParquetObjects.PutAsync(_folder.Store, At, "pumps", 100, 102);

        Assert.That(await FindAsync(101), Is.Null);
    }

    [Test]
    public async Task LooksOnBehindADamagedObjectAndNamesItOnlyWhenItMayHaveHeldThePrediction()
    {
        await ParquetObjects.PutAsync(_folder.Store, At, "pumps", 100, 102);
        const string damaged = "predictions/dt=2026-12-31/hh=23/blue-1-000000000060-000000000070-000000.parquet";
        _folder.Drop(damaged, "damaged");

        Assert.That(await FindAsync(102), Is.Not.Null);
        Assert.That(() => FindAsync(101), Throws.InstanceOf<SlipwayException>().With.Message.Contains($"'{damaged}' is damaged"));
    }

    [Test]
    public async Task ReadsAPeriodOfOneModelOrOfAll()
    {
        await ParquetObjects.PutAsync(_folder.Store, At.AddHours(-1), "pumps", 1);
        await ParquetObjects.PutAsync(_folder.Store, At, "pumps", 2, 3);
        await ParquetObjects.PutAsync(_folder.Store, At, "fans", 4);
        await ParquetObjects.PutAsync(_folder.Store, At.AddHours(1), "pumps", 5);
        await ParquetObjects.PutAsync(_folder.Store, At.AddHours(2), "pumps", 6);

        Assert.Multiple(async () =>
        {
            Assert.That(await ReadAsync(At, At.AddMilliseconds(1), null), Is.EqualTo(new[] { ParquetObjects.Id(At, 2), ParquetObjects.Id(At, 3), ParquetObjects.Id(At, 4, model: "fans") }));
            Assert.That(await ReadAsync(At, At.AddMilliseconds(1), "fans"), Is.EqualTo(new[] { ParquetObjects.Id(At, 4, model: "fans") }));
            Assert.That(await ReadAsync(At.AddMilliseconds(1), At.AddHours(1), null), Is.Empty);
            Assert.That(await ReadAsync(At.AddHours(1), At.AddHours(3), "pumps"), Has.Length.EqualTo(2));
        });
    }

    [Test]
    public async Task ReadsLabelsOfTheirPredictionsHours()
    {
        await ParquetObjects.PutFeedbackAsync(_folder.Store, At, At.AddDays(9), 1, (1, "broken"), (2, 1.5), (3, true));
        await ParquetObjects.PutFeedbackAsync(_folder.Store, At.AddHours(-1), At, 2, (4, new[] { "broken", "healthy" }), (5, "broken"));

        var reader = new PredictionLogReader(_folder.Store);
        Assert.Multiple(async () =>
        {
            Assert.That(
                await reader.ReadFeedbackAsync(At, At.AddSeconds(1)).Select(record => (record.PredictionId, record.At, record.Replica, record.Label.GetRawText())).ToListAsync(),
                Is.EqualTo(new[]
                {
                    (ParquetObjects.Id(At, 1), At.AddDays(9), "blue-2", "\"broken\""), (ParquetObjects.Id(At, 2), At.AddDays(9), "blue-2", "1.5"),
                    (ParquetObjects.Id(At, 3), At.AddDays(9), "blue-2", "\"true\""),
                }));
            Assert.That(
                await reader.ReadFeedbackAsync(At.AddHours(-1), At.AddHours(-1).AddTicks(1), "pumps").Select(record => record.Label.GetRawText()).ToListAsync(),
                Is.EqualTo(new[] { """["broken","healthy"]""", """["broken","broken"]""" }), "one label of two rows is the label of both");
            Assert.That(await reader.ReadFeedbackAsync(At, At.AddSeconds(1), "fans").CountAsync(), Is.Zero);
        });
    }

    [Test]
    public async Task KeepsThePredictionsOfManyRowGroupsWhole()
    {
        using var rows = new PredictionRows();
        foreach (var prediction in Enumerable.Range(1, 4))
        {
            for (var row = 0; row < 10_000; row++)
            {
                rows.Begin(new(ParquetObjects.Id(At, (ulong)prediction, 10_000).AsMemory(), At, "pumps", 3, "job", "green", "blue-1", 40), row, [row], null);
                rows.EndEncoded([row, prediction], default);
            }

            await rows.EndAsync(CancellationToken.None);
        }

        using var content = new MemoryStream(await ParquetObjects.BytesAsync(rows));
        await _folder.Store.PutAsync(StoreKeys.PredictionPartition(At) + new LogObjectName("blue-1", 1, 4, "abcdef"), content, PutCondition.None);
        var records = await new PredictionLogReader(_folder.Store).ReadAsync(At, At.AddMilliseconds(1)).ToListAsync();

        Assert.That(rows.Rows, Is.EqualTo(40_000));
        Assert.That(records.Select(record => record.Outputs.Count), Is.EqualTo(new[] { 10_000, 10_000, 10_000, 10_000 }));
        Assert.That(records[3].Inputs[9_999].GetRawText(), Is.EqualTo("[9999,4]"));
    }

    // the sample model's columns, with values as precise as in its dataset
    [Test]
    public async Task TakesAtMost60BytesAPrediction()
    {
        const int predictions = 10_000;
        var random = new Random(1);
        using var rows = new PredictionRows();
        for (var i = 0; i < predictions; i++)
        {
            var at = At.AddHours(-1).AddMilliseconds(i * 1.7);
            var output = (float)Math.Pow(random.NextDouble(), 8);
            var id = new PredictionIds(BitConverter.GetBytes(1234567L).Concat(new byte[8]).ToArray()).Create("machine-failure", 12, "blue-abcdef", at, PredictionSequence.Of(24_000_000_000_000 + (ulong)i, 1));
            rows.Begin(new(id.AsMemory(), at, "machine-failure", 12, "machine-failure-0123456789ab-a1", "blue", "blue-abcdef", 20 + random.Next(40)), 0, [output], output >= 0.4 ? "1" : "0");
            rows.Number("Air temperature [K]", Math.Round(295 + random.NextDouble() * 10, 1));
            rows.Number("Process temperature [K]", Math.Round(305 + random.NextDouble() * 9, 1));
            rows.Number("Rotational speed [rpm]", random.Next(1168, 2887));
            rows.Number("Torque [Nm]", Math.Round(random.NextDouble() * 73, 1));
            rows.Number("Tool wear [min]", random.Next(254));
            rows.Category("Type", random.Next(10) switch { < 6 => "L", < 9 => "M", _ => "H" });
            rows.EndRaw();
        }

        var bytes = (double)(await ParquetObjects.BytesAsync(rows)).Length / predictions;
        TestContext.Out.WriteLine($"{bytes:0.0} bytes a prediction");
        Assert.That(bytes, Is.AtMost(60));
    }

    [Test]
    public async Task TakesBackARecordThatCannotBeWritten()
    {
        using var rows = new PredictionRows();
        Add(1);
        rows.Mark();
        rows.Begin(new(ParquetObjects.Id(At, 2).AsMemory(), At, "pumps", 3, "job", "green", "blue-1", 40), 0, [1, 2, 3], "broken");
        rows.Number("pressure", 1);
        rows.Rollback();
        Add(3);
        using var content = new MemoryStream(await ParquetObjects.BytesAsync(rows));
        await _folder.Store.PutAsync(StoreKeys.PredictionPartition(At) + new LogObjectName("blue-1", 1, 3, "abcdef"), content, PutCondition.None);

        Assert.That(await ReadAsync(At, At.AddMilliseconds(1), null), Is.EqualTo(new[] { ParquetObjects.Id(At, 1), ParquetObjects.Id(At, 3) }));

        void Add(ulong count)
        {
            rows.Mark();
            rows.Begin(new(ParquetObjects.Id(At, count).AsMemory(), At, "pumps", 3, "job", "green", "blue-1", 40), 0, [0.5f], null);
            rows.EndRaw();
        }
    }

    [Test]
    public async Task DeletesWholeDaysThatEndedLongerAgoThanTheyAreKept()
    {
        string[] kept =
        [
            "feedback/dt=2026-12-22/hh=00/blue-1-000000000001-000000000002-abcdef.parquet",
            "predictions/dt=2026-12-21/hh=23/notes.txt",
            "predictions/dt=2026-12-22/hh=00/blue-1-000000000001-000000000002-abcdef.parquet",
            "predictions/pumps/2026/12/22/23/blue-1-1.jsonl.gz",
        ];
        string[] old =
        [
            "feedback/dt=2026-12-21/hh=23/blue-1-000000000001-000000000002-abcdef.parquet",
            "predictions/dt=2025-01-01/hh=00/blue-1-000000000001-000000000002-abcdef.parquet",
            "predictions/dt=2026-12-21/hh=23/blue-1-000000000001-000000000002-abcdef.parquet",
            "predictions/pumps/2026/12/21/23/blue-1-1.jsonl.gz",
            "predictions/pumps/2026/12/21/23/feedback.blue-1-1.jsonl.gz",
        ];
        foreach (var key in kept.Concat(old))
            await _folder.Probe.PutAsync(key, "x");

        var deleted = await new LogRetention(_folder.Store).DeleteAsync(new(2027, 1, 1, 0, 30, 0, TimeSpan.Zero), TimeSpan.FromDays(10), CancellationToken.None);

        Assert.That(deleted, Is.EqualTo(old.Length));
        Assert.That((await _folder.Probe.ListAsync("feedback/")).Concat(await _folder.Probe.ListAsync("predictions/")), Is.EqualTo(kept));
    }

    [TestCase("predictions/dt=2026-12-31/hh=23/blue-1-000000000067-00000000006a-abcdef.parquet", ExpectedResult = "blue-1 103 106")]
    [TestCase("blue-1-2-000000000067-00000000006a-abcdef.parquet", ExpectedResult = "blue-1-2 103 106")]
    [TestCase("blue-1.parquet", ExpectedResult = null)]
    [TestCase("-000000000067-00000000006a-abcdef.parquet", ExpectedResult = null)]
    [TestCase("blue-1-00000000006x-00000000006a-abcdef.parquet", ExpectedResult = null)]
    [TestCase("blue-1-000000000067-00000000006a-abcdef.jsonl.gz", ExpectedResult = null)]
    public string? KnowsNamesOfObjects(string key)
    {
        var name = LogObjectName.Parse(key);
        Assert.That(name is null || key.EndsWith(name.ToString(), StringComparison.Ordinal));
        return name is null ? null : $"{name.Replica} {name.First} {name.Last}";
    }

    private Task<PredictionRecord?> FindAsync(ulong count, IObjectStore? store = null)
    {
        var text = ParquetObjects.Id(At, count);
        Assert.That(PredictionIds.TryParse(text, out var id), Is.True);
        return new PredictionLogReader(store ?? _folder.Store).FindAsync(id, text, CancellationToken.None);
    }

    private Task<string[]> ReadAsync(DateTimeOffset from, DateTimeOffset to, string? model) =>
        new PredictionLogReader(_folder.Store).ReadAsync(from, to, model).Select(record => record.PredictionId).ToArrayAsync().AsTask();
}
