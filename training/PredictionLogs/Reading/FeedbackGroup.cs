using System.Buffers;
using System.Text.Json;
using Slipway.PredictionLogs.Schema;
using Slipway.Registry.Predictions;

namespace Slipway.PredictionLogs.Reading;

/// <summary>The rows of a row group. Those of one request are next to each other, with rising row numbers.</summary>
internal sealed class FeedbackGroup
{
    private string[] _ids = [], _models = [], _replicas = [], _labels = [];
    private DateTime[] _at = [];
    private int[] _rows = [], _versions = [];
    private double?[] _numbers = [];

    private FeedbackGroup()
    {
    }

    public static async Task<FeedbackGroup> ReadAsync(LogGroupReader reader, CancellationToken cancellation) => new()
    {
        _ids = await reader.TextAsync(FeedbackColumns.PredictionId, cancellation),
        _rows = await reader.FlatAsync<int, int>(FeedbackColumns.RowIndex, value => value, cancellation),
        _at = await reader.FlatAsync<DateTime, DateTime>(FeedbackColumns.LabeledAt, value => value, cancellation),
        _models = await reader.TextAsync(FeedbackColumns.Model, cancellation),
        _versions = await reader.FlatAsync<int, int>(FeedbackColumns.Version, value => value, cancellation),
        _replicas = await reader.TextAsync(FeedbackColumns.Replica, cancellation),
        _labels = await reader.TextAsync(FeedbackColumns.Label, cancellation),
        _numbers = await reader.FlatAsync<double, double?>(FeedbackColumns.LabelNumber, value => value, cancellation),
    };

    public IEnumerable<FeedbackRecord> Records(string? model)
    {
        for (int start = 0, end; start < _ids.Length; start = end)
        {
            for (end = start + 1; end < _ids.Length && _ids[end] == _ids[start] && _rows[end] == _rows[end - 1] + 1 && _at[end] == _at[start];)
                end++;
            if (model is null || _models[start] == model)
                yield return new(
                    _ids[start], _models[start], _versions[start], _replicas[start], new(DateTime.SpecifyKind(_at[start], DateTimeKind.Utc)), Label(start, end), _rows[start]);
        }
    }

    private JsonElement Label(int start, int end)
    {
        // written by hand: a native function has no serializers for types that it learns of at run time
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            if (end - start > 1)
                json.WriteStartArray();
            for (var row = start; row < end; row++)
                if (_numbers[row] is { } number && double.IsFinite(number))
                    json.WriteNumberValue(number);
                else
                    json.WriteStringValue(_labels[row]);
            if (end - start > 1)
                json.WriteEndArray();
        }

        return JsonElement.Parse(text.WrittenSpan);
    }
}
