using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Slipway.Automation.Monitoring.Domains;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Monitoring.Domains;

public sealed class DomainMonitoringTests
{
    private readonly List<DomainSamples> _asked = [];
    private TrainingFixture _training = null!;

    [SetUp]
    public async Task Train()
    {
        _training = new();
        _asked.Clear();
        await _training.PutDataset(Enumerable.Range(0, 300).Aggregate(new StringBuilder("pressure,failed\n"), (csv, row) => csv.Append(CultureInfo.InvariantCulture, $"{(row == 0 ? "" : row)},{row % 2}\n")).ToString());
        await _training.TrainsSuccessfully();
    }

    [TearDown]
    public void Remove() => _training.Dispose();

    [Test]
    public async Task ComparesTheLastDayOfTheVersionThatServesAsTheModelSeesIt()
    {
        await LogAsync(_training.Time.GetUtcNow().AddHours(-2), Enumerable.Range(0, 250).Select(row => row switch { 0 => """{"pressure":null}""", 1 => """{"pressure":"4.5"}""", 2 => "[4.5]", 3 => """{"pressure":"much"}""", _ => $$"""{"pressure":{{row}}}""" }));
        await LogAsync(_training.Time.GetUtcNow().AddHours(-30), ["""{"pressure":-1}"""]);
        await LogAsync(_training.Time.GetUtcNow().AddHours(-1), ["""{"pressure":-2}"""], version: 7);
        var verdict = (await RunAsync(auc: 0.9))!;

        Assert.That(_asked.Single().Columns, Is.EqualTo(new[] { new DomainColumn("pressure", 1) }));
        Assert.That(_asked.Single().Training.Order(), Is.EqualTo(Enumerable.Range(1, 299).Select(row => (float)row).Prepend(1)), "a missing value is imputed");
        Assert.That(_asked.Single().Logged.Order(), Is.EqualTo(Enumerable.Range(4, 246).Select(row => (float)row).Concat([1, 4.5f, 4.5f]).Order()), "what is not a number is left out");
        Assert.That((verdict.State, verdict.Version, verdict.Rows, verdict.Columns.Single().Name), Is.EqualTo((DomainState.Different, 1, 249L, "pressure")));
        Assert.That(await DomainMonitoring.FindAsync(_training.Store, TrainingFixture.Model, default), Is.EqualTo(verdict).Using<DomainVerdict>((left, right) => left.Sentence == right.Sentence && left.Auc == right.Auc));
    }

    [Test]
    public async Task DayWithFewRequestsIsNotCompared()
    {
        await LogAsync(_training.Time.GetUtcNow().AddHours(-2), ["""{"pressure":1}"""]);

        Assert.That(((await RunAsync())!.State, _asked.Count), Is.EqualTo((DomainState.TooFew, 0)));
    }

    [Test]
    public async Task DatasetThatSomebodyOverwroteIsNotComparedWith()
    {
        await LogAsync(_training.Time.GetUtcNow().AddHours(-2), Enumerable.Repeat("""{"pressure":1}""", 300));
        await File.WriteAllTextAsync(Path.Combine(_training.StoreRoot, _training.DatasetKey), "pressure,failed\n1,0\n");
        var verdict = (await RunAsync())!;

        Assert.That((verdict.State, _asked.Count), Is.EqualTo((DomainState.NotCompared, 0)));
        Assert.That(verdict.Sentence, Does.StartWith($"The dataset '{_training.DatasetKey}' is not in the store any more"));
    }

    [Test]
    public async Task VersionIsComparedWithWhatItWasTrainedOnAndNotWithWhatCameSince()
    {
        await LogAsync(_training.Time.GetUtcNow().AddHours(-2), Enumerable.Repeat("""{"pressure":1}""", 300));
        await _training.PutDataset("pressure,failed\n1,0\n");

        Assert.That(((await RunAsync())!.Training, _asked.Single().Training.Length), Is.EqualTo((300, 300)));
    }

    [Test]
    public async Task ModelThatDoesNotServeHasNothingToCompare() =>
        Assert.That(await new DomainMonitoring(_training.Store, new Classifier(_asked, 0.5), _training.Time).RunAsync("valves", default), Is.Null);

    /// <summary>Ten rows of a thousand, each as often as any other.</summary>
    [Test]
    public void EveryRowHasTheSameChanceToBeInTheSample()
    {
        var counts = new int[100];
        for (var seed = 0; seed < 2000; seed++)
        {
            var sample = new RowReservoir(10, seed);
            for (var row = 0; row < counts.Length; row++)
                sample.Add([row]);
            foreach (var row in sample.Rows)
                counts[(int)row[0]]++;
        }

        Assert.That(counts.Sum(count => (count - 200.0) * (count - 200.0) / 200), Is.LessThan(149), "chi-square with 99 degrees of freedom, 0.1 %");
    }

    private Task<DomainVerdict?> RunAsync(double auc = 0.5) => new DomainMonitoring(_training.Store, new Classifier(_asked, auc), _training.Time).RunAsync(TrainingFixture.Model, default);

    private async Task LogAsync(DateTimeOffset at, IEnumerable<string> rows, int version = 1)
    {
        var ids = new PredictionIds(new byte[16]);
        using var content = new MemoryStream();
        await using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        {
            var inputs = JsonDocument.Parse($"[{string.Join(',', rows)}]").RootElement;
            gzip.Write(JsonSerializer.SerializeToUtf8Bytes(
                new(ids.Create("pumps", version, "blue-1", at, 1UL << 32), "pumps", version, "job", "blue-1", Color.Blue, at, inputs, [], 10), RegistryJsonLines.Default.PredictionRecord));
            gzip.Write("\n"u8);
        }

        content.Position = 0;
        await _training.Store.PutAsync($"{StoreKeys.PredictionHour("pumps", at)}blue-1-{version}.jsonl.gz", content, PutCondition.Absent);
    }

    private sealed class Classifier(List<DomainSamples> asked, double auc) : IDomainClassifier
    {
        public DomainScore Score(DomainSamples samples, CancellationToken cancellation)
        {
            asked.Add(samples);
            return new([new(samples.Training.Length, samples.Logged.Length, auc)], [.. samples.Columns.Select(column => new DomainImportance(column.Name, auc - 0.5))]);
        }
    }
}
