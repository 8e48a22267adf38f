using System.IO.Compression;
using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.PredictionLogs.Tests;

public sealed class PredictionLogReaderTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 31, 23, 59, 58, TimeSpan.Zero);

    private readonly PredictionIds _ids = new(new byte[32]);
    private StoreFolder _folder = null!;

    [SetUp]
    public void CreateStore() => _folder = new();

    [TearDown]
    public void DeleteStore() => _folder.Dispose();

    [Test]
    public async Task FindsAPredictionAmongOthers()
    {
        await LogAsync("2026/12/31/23/blue-1-0001.jsonl.gz", 1, 2, 3);
        await LogAsync("2026/12/31/23/blue-1-0002.jsonl.gz", 4, 5, 6);

        var found = await FindAsync(5);

        Assert.That(found!.PredictionId, Is.EqualTo(Id(5)));
        Assert.That((found.Outputs[0][0], float.IsNaN(found.Outputs[0][1])), Is.EqualTo((0.5f, true)));
    }

    [Test]
    public async Task LooksIntoTheNextHourBecauseLinesAreWrittenLate()
    {
        await LogAsync("2027/01/01/00/blue-1-0001.jsonl.gz", 7);

        Assert.That(await FindAsync(7), Is.Not.Null);
    }

    [TestCase("2026/12/31/22/blue-1-0001.jsonl.gz", TestName = "DoesNotLookIntoTheHourBefore")]
    [TestCase("2026/12/31/23/blue-10-0001.jsonl.gz", TestName = "DoesNotLookAtOtherReplicas")]
    [TestCase("2026/12/31/23/blue-1-0001.txt", TestName = "DoesNotLookAtOtherFiles")]
    public async Task DoesNotLook(string file)
    {
        await LogAsync(file, 7);

        Assert.That(await FindAsync(7), Is.Null);
    }

    // an hour of a busy server is a thousand files, and describing one means reading all of it
    [Test]
    public async Task LooksAtNoMoreThanTheNamesOfFilesThatItDoesNotRead()
    {
        await LogAsync("2026/12/31/23/blue-1-0001.jsonl.gz", 1);
        await LogAsync("2026/12/31/23/blue-1-0002.jsonl.gz", 2);
        var store = new CountingStore(_folder.Store);

        Assert.That(await FindAsync(1, store), Is.Not.Null);
        Assert.That(store.Requests, Is.EqualTo(new[]
        {
            "ListKeys predictions/dt=2026-12-31/hh=23/blue-1-", "ListKeys predictions/pumps/2026/12/31/23/blue-1-", "Get predictions/pumps/2026/12/31/23/blue-1-0001.jsonl.gz",
        }));
    }

    [Test]
    public async Task FindsNothingWhereThereIsNoLog() => Assert.That(await FindAsync(1), Is.Null);

    [Test]
    public async Task LooksOnBehindADamagedFileAndNamesItOnlyWhenItMayHaveHeldTheLine()
    {
        await LogAsync("2026/12/31/23/blue-1-0001.jsonl.gz", 1);
        await LogAsync("2026/12/31/23/blue-1-0002.jsonl.gz", 2);
        await File.WriteAllTextAsync(_folder.FileOf("predictions/pumps/2026/12/31/23/blue-1-0001.jsonl.gz"), "damaged");

        Assert.That(await FindAsync(2), Is.Not.Null);
        Assert.That(() => FindAsync(3), Throws.InstanceOf<SlipwayException>().With.Message.Contains("blue-1-0001"));
    }

    [Test]
    public async Task ReadsAPeriodOfAllModels()
    {
        await LogAsync("2026/12/31/22/blue-1-0001.jsonl.gz", 1);
        await LogAsync("2026/12/31/23/blue-1-0001.jsonl.gz", 2, 3);
        await LogAsync("2027/01/01/00/blue-1-0001.jsonl.gz", 4);
        await LogAsync("2027/01/01/01/blue-1-0001.jsonl.gz", 5);
        await LogFeedbackAsync("2026/12/31/23/feedback.blue-1-0001.jsonl.gz", "pumps", 2);
        await LogFeedbackAsync("2027/01/01/00/feedback.blue-1-0001.jsonl.gz", "pumps", 4);
        await LogFeedbackAsync("2026/12/31/23/feedback.blue-1-0001.jsonl.gz", "fans", 9);

        Assert.Multiple(async () =>
        {
            Assert.That(await ReadAsync(At, At.AddSeconds(1)), Is.EqualTo(new[] { Id(2), Id(3), Id(4) }), "in the hour before is nothing, and of the next its first lines");
            Assert.That(await ReadAsync(At.AddSeconds(-1), At), Is.Empty, "what is at the end belongs to the next period");
            Assert.That(await ReadAsync(At, At.AddSeconds(1), "fans"), Is.Empty);
            Assert.That(await ReadFeedbackAsync(At.AddMinutes(30), At.AddHours(1)), Is.EqualTo(new[] { Id(4) }));
            Assert.That(await ReadFeedbackAsync(At, At.AddSeconds(1)), Is.EqualTo(new[] { Id(9), Id(2) }));
            Assert.That(await ReadFeedbackAsync(At, At.AddSeconds(1), "pumps"), Is.EqualTo(new[] { Id(2) }));
        });
    }

    [Test]
    public async Task LeavesOutWhatIsDamagedIfItMayReportIt()
    {
        await LogAsync("2026/12/31/23/blue-1-0001.jsonl.gz", 1);
        await LogAsync("2026/12/31/23/blue-1-0002.jsonl.gz", 2);
        await File.WriteAllTextAsync(_folder.FileOf("predictions/pumps/2026/12/31/23/blue-1-0001.jsonl.gz"), "damaged");
        var damage = new List<string>();

        Assert.That(await ReadAsync(At, At.AddSeconds(1), damaged: problem => damage.Add(problem.Message)), Is.EqualTo(new[] { Id(2) }));
        Assert.That(damage.Single(), Does.Contain("blue-1-0001"));
        Assert.That(() => ReadAsync(At, At.AddSeconds(1)), Throws.InstanceOf<SlipwayException>().With.Message.Contains("blue-1-0001"));
    }

    private Task<string[]> ReadAsync(DateTimeOffset from, DateTimeOffset to, string? model = null, Action<SlipwayException>? damaged = null) =>
        new PredictionLogReader(_folder.Store, damaged).ReadAsync(from, to, model).Select(record => record.PredictionId).ToArrayAsync().AsTask();

    private Task<string[]> ReadFeedbackAsync(DateTimeOffset from, DateTimeOffset to, string? model = null) =>
        new PredictionLogReader(_folder.Store).ReadFeedbackAsync(from, to, model).Select(record => record.PredictionId).ToArrayAsync().AsTask();

    private Task<PredictionRecord?> FindAsync(ulong sequence, IObjectStore? store = null)
    {
        Assert.That(PredictionIds.TryParse(Id(sequence), out var id), Is.True);
        return new PredictionLogReader(store ?? _folder.Store).FindAsync(id, Id(sequence), CancellationToken.None);
    }

    private string Id(ulong sequence) => _ids.Create("pumps", 3, "blue-1", At, sequence);

    private Task LogAsync(string file, params ulong[] sequences) =>
        WriteAsync($"predictions/pumps/{file}", sequences.Select(sequence => JsonSerializer.Serialize(Record(sequence), RegistryJsonLines.Default.PredictionRecord)));

    private Task LogFeedbackAsync(string file, string model, ulong sequence)
    {
        var record = new FeedbackRecord(Id(sequence), model, 3, "blue-1", At, JsonSerializer.SerializeToElement("broken"));
        return WriteAsync($"predictions/{model}/{file}", [JsonSerializer.Serialize(record, RegistryJsonLines.Default.FeedbackRecord)]);
    }

    private async Task WriteAsync(string key, IEnumerable<string> records)
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        await using (var lines = new StreamWriter(gzip))
            foreach (var record in records)
                await lines.WriteLineAsync(record);
        bytes.Position = 0;
        await _folder.Store.PutAsync(key, bytes, PutCondition.None);
    }

    private PredictionRecord Record(ulong sequence) => new(
        Id(sequence), "pumps", 3, "pumps-3-a1", "blue-1", Color.Blue, At, JsonSerializer.SerializeToElement(new[] { 1f }), [[0.5f, float.NaN]], 40);
}
