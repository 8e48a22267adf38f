using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Slipway.Gateway.Shadows;

/// <summary>The predictions in an answer, row by row: labels, numbers or both, in whichever format the caller requested.</summary>
/// <param name="Labels">One a row; empty if the answer has none.</param>
/// <param name="Values">Row after row, <paramref name="Width"/> numbers each.</param>
public sealed record PredictedRows(int Rows, int Width, IReadOnlyList<string> Labels, IReadOnlyList<double> Values)
{
    /// <returns>Null if the answer is in a format that is not compared, such as binary tensors.</returns>
    public static PredictedRows? Read(ReadOnlyMemory<byte> body, string? contentType)
    {
        var type = contentType?.Split(';', 2)[0].Trim().ToLowerInvariant();
        try
        {
            return type switch
            {
                "application/json" => OfJson(body),
                "text/csv" => OfCsv(Encoding.UTF8.GetString(body.Span)),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static PredictedRows? OfJson(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind != JsonValueKind.Object ? null
            : json.RootElement.TryGetProperty("outputs", out var outputs) ? OfOutputs(outputs)
            : json.RootElement.TryGetProperty("predictions", out var predictions) ? OfPredictions(predictions)
            : null;
    }

    // tensors of the Open Inference Protocol; one without data follows in binary
    private static PredictedRows? OfOutputs(JsonElement outputs)
    {
        var (rows, labels, values) = (0, new List<string>(), new List<double>());
        foreach (var output in outputs.EnumerateArray())
        {
            if (!output.TryGetProperty("data", out var data))
                return null;
            rows = output.GetProperty("shape")[0].GetInt32();
            foreach (var item in data.EnumerateArray())
                Add(item, labels, values);
        }
        return Of(rows, labels, values);
    }

    // one object a row: the output, alone or by class, and the label
    private static PredictedRows? OfPredictions(JsonElement predictions)
    {
        var (labels, values) = (new List<string>(), new List<double>());
        foreach (var member in predictions.EnumerateArray().SelectMany(row => row.EnumerateObject()))
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
                foreach (var ofClass in member.Value.EnumerateObject())
                    Add(ofClass.Value, labels, values);
            else
                Add(member.Value, labels, values);
        }
        return Of(predictions.GetArrayLength(), labels, values);
    }

    private static void Add(JsonElement item, List<string> labels, List<double> values)
    {
        if (item.ValueKind == JsonValueKind.String)
            labels.Add(item.GetString()!);
        else
            values.Add(item.GetDouble());
    }

    private static PredictedRows? OfCsv(string text)
    {
        var (rows, labels, values) = (0, new List<string>(), new List<double>());
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = line.Split(',');
            var numbers = cells.Count(IsNumber);
            // a header has names only
            if (rows == 0 && values.Count == 0 && numbers == 0 && cells.Length > 1)
                continue;
            rows++;
            foreach (var cell in cells)
            {
                if (IsNumber(cell))
                    values.Add(double.Parse(cell, CultureInfo.InvariantCulture));
                else
                    labels.Add(cell);
            }
        }
        return Of(rows, labels, values);
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static PredictedRows? Of(int rows, List<string> labels, List<double> values) =>
        rows < 1 || values.Count % rows != 0 || (labels.Count != 0 && labels.Count != rows) ? null
        : new(rows, values.Count / rows, labels, values);
}
