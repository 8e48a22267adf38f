using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Slipway.Automation.Monitoring;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Automation.Tests.Monitoring;

/// <summary>A version in service, whose servers log predictions and receive labels.</summary>
internal sealed class MonitoredModel : IDisposable
{
    private readonly TrainingFixture _training = new();
    private int _objects;

    private MonitoredModel() => Store = new CountingStore(_training.Store);

    public CountingStore Store { get; }
    public PredictionIds Ids { get; } = new(new byte[16]);
    public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time => _training.Time;
    public DateTimeOffset Hour { get; } = new(2026, 1, 2, 1, 0, 0, TimeSpan.Zero);

    public static async Task<MonitoredModel> StartAsync()
    {
        var model = new MonitoredModel();
        await model._training.PutDataset("pressure,failed\n1,0\n2,1\n3,0\n");
        var job = await model._training.DatasetArrives();
        await model._training.TrainerLeaves(job, spoil: folder => File.WriteAllBytes(
            Path.Combine(folder, ArtifactFiles.Estimator),
            JsonSerializer.SerializeToUtf8Bytes(new(null, null, new Dictionary<string, double>()), RegistryJson.Default.QualityEstimator)));
        Assert.That((await model._training.TrainingFinishes(job)).Version, Is.EqualTo(1));
        return model;
    }

    /// <summary>Objects of the log that were read since the last call.</summary>
    public int LogReads()
    {
        var reads = Store.Requests.Count(request => request.StartsWith($"Get {StoreKeys.Predictions}", StringComparison.Ordinal));
        Store.Requests.Clear();
        return reads;
    }

    public string Id(int number, int version = 1, DateTimeOffset? hour = null) => Ids.Create("pumps", version, "blue-1", hour ?? Hour, (ulong)number << 32);

    public Task LogAsync(IEnumerable<(int Id, float Score)> predictions, DateTimeOffset? hour = null, int version = 1) => PutAsync(
        $"{StoreKeys.PredictionHour("pumps", hour ?? Hour)}blue-1-{(++_objects).ToString(CultureInfo.InvariantCulture)}.jsonl.gz",
        predictions.Select(one => JsonSerializer.SerializeToUtf8Bytes(
            new(Id(one.Id, version, hour), "pumps", version, "job", "blue-1", Color.Blue, (hour ?? Hour).AddMinutes(1),
                JsonDocument.Parse("""[{ "pressure": 1 }]""").RootElement, [[one.Score]], 10),
            RegistryJsonLines.Default.PredictionRecord)));

    public Task LabelAsync(IEnumerable<(int Id, int Label)> labels, DateTimeOffset? at = null, DateTimeOffset? hour = null, int version = 1) => PutAsync(
        $"{StoreKeys.PredictionHour("pumps", hour ?? Hour)}feedback.blue-1-{(++_objects).ToString(CultureInfo.InvariantCulture)}.jsonl.gz",
        labels.Select(one => JsonSerializer.SerializeToUtf8Bytes(
            new(Id(one.Id, version, hour), "pumps", version, "blue-1", at ?? Time.GetUtcNow(), JsonDocument.Parse(one.Label.ToString(CultureInfo.InvariantCulture)).RootElement),
            RegistryJsonLines.Default.FeedbackRecord)));

    public async Task<QualityReport> JoinAsync(bool everything = true, int maxRows = HourJoins.MaxRows)
    {
        await new QualityMonitoring(Store, Time, maxRows).RunAsync(everything, default);
        return (await QualityMonitoring.FindAsync(Store, "pumps", default))!;
    }

    public void Dispose() => _training.Dispose();

    private async Task PutAsync(string key, IEnumerable<byte[]> lines)
    {
        using var content = new MemoryStream();
        await using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            foreach (var line in lines)
            {
                gzip.Write(line);
                gzip.Write("\n"u8);
            }

        content.Position = 0;
        await Store.PutAsync(key, content, PutCondition.Absent);
    }
}
