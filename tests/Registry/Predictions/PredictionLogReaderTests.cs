using System.IO.Compression;
using System.Text.Json;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Predictions;

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
        Assert.That(store.Requests, Is.EqualTo(new[] { "ListKeys predictions/pumps/2026/12/31/23/blue-1-", "Get predictions/pumps/2026/12/31/23/blue-1-0001.jsonl.gz" }));
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

    private Task<PredictionRecord?> FindAsync(ulong sequence, IObjectStore? store = null)
    {
        Assert.That(PredictionIds.TryParse(Id(sequence), out var id), Is.True);
        return new PredictionLogReader(store ?? _folder.Store).FindAsync(id, Id(sequence), CancellationToken.None);
    }

    private string Id(ulong sequence) => _ids.Create("pumps", 3, "blue-1", At, sequence);

    private async Task LogAsync(string file, params ulong[] sequences)
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        await using (var lines = new StreamWriter(gzip))
            foreach (var sequence in sequences)
                await lines.WriteLineAsync(JsonSerializer.Serialize(Record(sequence), RegistryJsonLines.Default.PredictionRecord));
        bytes.Position = 0;
        await _folder.Store.PutAsync($"predictions/pumps/{file}", bytes, PutCondition.None);
    }

    private PredictionRecord Record(ulong sequence) => new(
        Id(sequence), "pumps", 3, "pumps-3-a1", "blue-1", Color.Blue, At, JsonSerializer.SerializeToElement(new[] { 1f }), [[0.5f, float.NaN]], 40);
}
