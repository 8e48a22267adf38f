using System.Text.Json;
using Slipway.PredictionLogs;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Analysis.Tests;

/// <summary>The log of a morning, as servers write it.</summary>
internal sealed class SampleLog : IDisposable
{
    public static readonly DateTimeOffset Nine = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);

    private static readonly PredictionIds Ids = new(new byte[32]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-analysis-");

    public string Folder => _folder.FullName;
    public DirectoryObjectStore Store => new(Folder);

    public static async Task<SampleLog> WriteAsync()
    {
        var log = new SampleLog();
        await log.PredictAsync(Nine, "machine-failure", 12, (1, 0.25f), (2, 0.5f), (3, 0.75f));
        await log.PredictAsync(Nine, "pumps", 3, (4, 0.25f));
        await log.PredictAsync(Nine.AddHours(1), "machine-failure", 12, (5, 0.75f));
        await log.LabelAsync(Nine, Nine.AddDays(1), (1, "0"), (2, "0"));
        await log.LabelAsync(Nine, Nine.AddDays(2), (2, "1"), (3, "0"));
        return log;
    }

    public static string Id(ulong count, string model = "machine-failure", int version = 12, DateTimeOffset? at = null) =>
        Ids.Create(model, version, "blue-1", at ?? Nine, PredictionSequence.Of(count, 1));

    public void Dispose() => TestFolder.Remove(_folder);

    private async Task PredictAsync(DateTimeOffset at, string model, int version, params (ulong Count, float Output)[] predictions)
    {
        using var rows = new PredictionRows();
        foreach (var (count, output) in predictions)
        {
            rows.Begin(new(Id(count, model, version, at).AsMemory(), at.AddSeconds(count), model, version, $"{model}-0123456789ab-a1", "blue", "blue-1", 40), 0, [output], output >= 0.5 ? "1" : "0");
            rows.Number("Torque [Nm]", 42.5);
            rows.Number("Wear", null);
            rows.Category("Type", "M");
            rows.EndRaw();
        }

        await PutAsync(StoreKeys.PredictionPartition(at), predictions.Min(one => one.Count), predictions.Max(one => one.Count), rows);
    }

    private async Task LabelAsync(DateTimeOffset hour, DateTimeOffset at, params (ulong Count, string Label)[] labels)
    {
        using var rows = new FeedbackRows();
        foreach (var (count, label) in labels)
            rows.Add(new(Id(count), "machine-failure", 12, "blue-1", at, JsonSerializer.SerializeToElement(label)), 1);
        await PutAsync(StoreKeys.FeedbackPartition(hour), labels.Min(one => one.Count), labels.Max(one => one.Count), rows);
    }

    private async Task PutAsync(string partition, ulong first, ulong last, LogRows rows)
    {
        await rows.CompleteAsync(CancellationToken.None);
        using var content = rows.Read();
        await Store.PutAsync(partition + new LogObjectName("blue-1", first, last, "abcdef"), content, PutCondition.None);
    }
}
