using System.Globalization;
using System.Text.Json;

namespace Slipway.Gateway.Page.Live;

/// <summary>The predicted values of an answer, in a few words. Nothing else of it: an answer repeats the id that its caller chose.</summary>
public static class PredictedValues
{
    private const int MaxValues = 4;

    /// <returns>Null if it is not an answer with predictions, of either protocol.</returns>
    public static string? Of(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var root = json.RootElement;
            return root.ValueKind != JsonValueKind.Object ? null
                : root.TryGetProperty("predictions", out var records) ? OfRecords(records)
                : root.TryGetProperty("outputs", out var outputs) && outputs is { ValueKind: JsonValueKind.Array } && outputs.GetArrayLength() > 0 && outputs[0].TryGetProperty("data", out var data)
                    ? Some(data.EnumerateArray().Select(Text), data.GetArrayLength())
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string OfRecords(JsonElement records) => Some(records.EnumerateArray().Select(Record), records.GetArrayLength());

    private static string Record(JsonElement record)
    {
        var value = record.EnumerateObject().First(one => one.Name != "label").Value;
        var label = record.TryGetProperty("label", out var text) ? Text(text) : null;
        return value.ValueKind == JsonValueKind.Number ? (label is null ? Text(value) : $"{label} ({Text(value)})") : label ?? "\u2026";
    }

    private static string Some(IEnumerable<string> values, int count) =>
        string.Join(", ", values.Take(MaxValues)) + (count > MaxValues ? $" and {(count - MaxValues).ToString(CultureInfo.InvariantCulture)} more" : "");

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble().ToString("0.####", CultureInfo.InvariantCulture)
        : value.ToString() is { Length: > 60 } text ? $"{text[..60]}\u2026" : value.ToString();
}
