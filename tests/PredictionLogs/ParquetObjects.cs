using System.Text.Json;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs.Tests;

/// <summary>Objects as servers write them.</summary>
internal static class ParquetObjects
{
    private static readonly PredictionIds Ids = new(new byte[32]);

    public static string Id(DateTimeOffset at, ulong count, int rows = 1, string model = "pumps") => Ids.Create(model, 3, "blue-1", at, PredictionSequence.Of(count, rows));

    /// <summary>The content of an object with one prediction.</summary>
    public static async Task<byte[]> OfAsync(string id, DateTimeOffset at)
    {
        using var rows = new PredictionRows();
        Add(rows, id, at, 0.5f);
        return await BytesAsync(rows);
    }

    /// <param name="counts">Predictions by their counters, one millisecond after the other.</param>
    public static async Task PutAsync(IObjectStore store, DateTimeOffset at, string model, params ulong[] counts)
    {
        using var rows = new PredictionRows();
        foreach (var count in counts)
            Add(rows, Id(at, count, model: model), at, count / 1000f, model);
        await PutAsync(store, StoreKeys.PredictionPartition(at) + new LogObjectName("blue-1", counts.Min(), counts.Max(), "abcdef"), rows);
    }

    /// <param name="rows">Of the prediction.</param>
    public static async Task PutFeedbackAsync(IObjectStore store, DateTimeOffset hour, DateTimeOffset at, int rows, params (ulong Count, object Label)[] labels)
    {
        using var feedback = new FeedbackRows();
        foreach (var (count, label) in labels)
            feedback.Add(new(Id(hour, count, rows), "pumps", 3, "blue-2", at, JsonSerializer.SerializeToElement(label)), rows);
        await PutAsync(store, StoreKeys.FeedbackPartition(hour) + new LogObjectName("blue-2", labels.Min(label => label.Count), labels.Max(label => label.Count), "abcdef"), feedback);
    }

    public static async Task<byte[]> BytesAsync(LogRows rows)
    {
        await rows.CompleteAsync(CancellationToken.None);
        using var bytes = new MemoryStream();
        await rows.Read().CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static void Add(PredictionRows rows, string id, DateTimeOffset at, float output, string model = "pumps")
    {
        rows.Begin(new(id.AsMemory(), at, model, 3, $"{model}-0123456789ab-a1", "blue", "blue-1", 40), 0, [output, 1 - output], output >= 0.5 ? "broken" : "healthy");
        rows.Number("pressure", output * 10);
        rows.Number("wear", null);
        rows.Category("kind", "A");
        rows.EndRaw();
    }

    private static async Task PutAsync(IObjectStore store, string key, LogRows rows)
    {
        using var content = new MemoryStream(await BytesAsync(rows));
        await store.PutAsync(key, content, PutCondition.None);
    }
}
