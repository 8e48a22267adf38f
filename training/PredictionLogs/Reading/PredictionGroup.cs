using System.Buffers;
using System.Text.Json;
using Slipway.PredictionLogs.Schema;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.PredictionLogs.Reading;

/// <summary>The rows of a row group. Those of one prediction are next to each other.</summary>
internal sealed class PredictionGroup
{
    private string[] _ids = [], _models = [], _jobs = [], _replicas = [];
    private Color[] _colors = [];
    private DateTime[] _at = [];
    private int[] _versions = [], _latencies = [];
    private string[]?[] _numberColumns = [], _categoryColumns = [];
    private double?[]?[] _numbers = [];
    private string?[]?[] _categories = [];
    private float?[]?[] _features = [];
    private float[]?[] _outputs = [];

    private PredictionGroup()
    {
    }

    /// <param name="id">Only this prediction; null for all.</param>
    /// <param name="model">Only this model; null for all.</param>
    /// <returns>Null if none is in it.</returns>
    public static async Task<PredictionGroup?> ReadAsync(LogGroupReader reader, string? id, string? model, CancellationToken cancellation)
    {
        var group = new PredictionGroup { _ids = await reader.TextAsync(PredictionColumns.PredictionId, cancellation) };
        if (id is not null && Array.IndexOf(group._ids, id) < 0)
            return null;
        group._models = await reader.TextAsync(PredictionColumns.Model, cancellation);
        if (model is not null && Array.IndexOf(group._models, model) < 0)
            return null;

        group._versions = await reader.FlatAsync<int, int>(PredictionColumns.Version, value => value, cancellation);
        group._jobs = await reader.TextAsync(PredictionColumns.TrainingJob, cancellation);
        group._colors = [.. (await reader.TextAsync(PredictionColumns.Color, cancellation)).Select(ColorOf)];
        group._replicas = await reader.TextAsync(PredictionColumns.Replica, cancellation);
        group._at = await reader.FlatAsync<DateTime, DateTime>(PredictionColumns.PredictedAt, value => value, cancellation);
        group._numberColumns = await reader.NestedAsync<ReadOnlyMemory<char>, string>(PredictionColumns.NumberColumn, text => text.ToString(), cancellation);
        group._numbers = await reader.NestedAsync<double, double?>(PredictionColumns.NumberValue, value => value, cancellation);
        group._categoryColumns = await reader.NestedAsync<ReadOnlyMemory<char>, string>(PredictionColumns.CategoryColumn, text => text.ToString(), cancellation);
        group._categories = await reader.NestedAsync<ReadOnlyMemory<char>, string?>(PredictionColumns.CategoryValue, text => text.ToString(), cancellation);
        group._features = await reader.NestedAsync<float, float?>(PredictionColumns.Feature, value => value, cancellation);
        group._outputs = await reader.NestedAsync<float, float>(PredictionColumns.Output, value => value, cancellation);
        group._latencies = await reader.FlatAsync<int, int>(PredictionColumns.Latency, value => value, cancellation);
        return group;
    }

    public IEnumerable<PredictionRecord> Records(string? id, string? model)
    {
        for (int start = 0, end; start < _ids.Length; start = end)
        {
            for (end = start + 1; end < _ids.Length && _ids[end] == _ids[start];)
                end++;
            if ((id is null || _ids[start] == id) && (model is null || _models[start] == model))
                yield return Record(start, end);
        }
    }

    private PredictionRecord Record(int start, int end) => new(
        _ids[start], _models[start], _versions[start], _jobs[start], _replicas[start], _colors[start], new(DateTime.SpecifyKind(_at[start], DateTimeKind.Utc)),
        Inputs(start, end), [.. Enumerable.Range(start, end - start).Select(row => _outputs[row] ?? [])], _latencies[start]);

    private JsonElement Inputs(int start, int end)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            for (var row = start; row < end; row++)
                if (_features[row] is { } features)
                    Write(json, features);
                else
                    WriteColumns(json, row);
            json.WriteEndArray();
        }

        return JsonElement.Parse(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, float?[] features)
    {
        json.WriteStartArray();
        foreach (var feature in features)
            if (feature is { } value && float.IsFinite(value))
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
        json.WriteEndArray();
    }

    private void WriteColumns(Utf8JsonWriter json, int row)
    {
        json.WriteStartObject();
        var (columns, numbers) = (_numberColumns[row] ?? [], _numbers[row] ?? []);
        for (var i = 0; i < Math.Min(columns.Length, numbers.Length); i++)
            if (numbers[i] is { } number && double.IsFinite(number))
                json.WriteNumber(columns[i], number);
            else
                json.WriteNull(columns[i]);
        var (names, categories) = (_categoryColumns[row] ?? [], _categories[row] ?? []);
        for (var i = 0; i < Math.Min(names.Length, categories.Length); i++)
            json.WriteString(names[i], categories[i]);
        json.WriteEndObject();
    }

    private static Color ColorOf(string word) => Colors.TryParse(word, out var color) ? color : throw new InvalidDataException($"'{word}' is not a color");
}
