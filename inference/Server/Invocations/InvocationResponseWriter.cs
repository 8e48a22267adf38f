using System.Globalization;
using System.Text;
using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Protocol;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>Predictions row by row, as JSON, JSON Lines or CSV: the model's output by its name, and the label for classifiers.</summary>
public static class InvocationResponseWriter
{
    public static void WriteJson(Workspace work, ModelProfile profile, RowBatch batch)
    {
        var json = work.Json;
        json.WriteStartObject();
        json.WriteString("model"u8, profile.ModelText);
        json.WriteNumber("version"u8, profile.Manifest.Version);
        json.WriteStartArray("predictions"u8);
        for (var row = 0; row < batch.Rows; row++)
            WriteRow(json, profile, batch.Output(row));
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>One prediction per line.</summary>
    public static void WriteLines(Workspace work, ModelProfile profile, RowBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            WriteRow(work.Json, profile, batch.Output(row));
            work.Json.Flush();
            work.Json.Reset();
            work.Response.Write("\n"u8);
        }
    }

    /// <param name="header">Whether the first line names the values: batches that came without a header are concatenated line by line.</param>
    public static void WriteCsv(Workspace work, ModelProfile profile, RowBatch batch, bool header)
    {
        var response = work.Response;
        if (header)
            response.Write(Encoding.UTF8.GetBytes($"{string.Join(',', OutputNames(profile).Select(Quoted))}\n"));
        for (var row = 0; row < batch.Rows; row++)
        {
            var output = batch.Output(row);
            for (var i = 0; i < output.Length; i++)
            {
                if (i > 0)
                    response.Write(","u8);
                output[i].TryFormat(response.GetSpan(32), out var length, default, CultureInfo.InvariantCulture);
                response.Advance(length);
            }

            if (profile.LabelWords.Count > 0)
            {
                response.Write(","u8);
                var label = Quoted(profile.LabelWords[profile.LabelOf(output)]);
                response.Advance(Encoding.UTF8.GetBytes(label, response.GetSpan(Encoding.UTF8.GetMaxByteCount(label.Length))));
            }

            response.Write("\n"u8);
        }
    }

    private static void WriteRow(Utf8JsonWriter json, ModelProfile profile, ReadOnlySpan<float> output)
    {
        json.WriteStartObject();
        json.WritePropertyName(profile.OutputText);
        if (output.Length == 1)
        {
            json.WriteNumberValue(output[0]);
        }
        else
        {
            // by class, so that nobody has to know their order
            json.WriteStartObject();
            for (var i = 0; i < output.Length; i++)
                json.WriteNumber(profile.LabelTexts[i], output[i]);
            json.WriteEndObject();
        }

        if (profile.LabelWords.Count > 0)
            json.WriteString("label"u8, profile.LabelTexts[profile.LabelOf(output)]);
        json.WriteEndObject();
    }

    private static IEnumerable<string> OutputNames(ModelProfile profile)
    {
        var name = profile.Schema.Output.Name;
        var outputs = profile.OutputWidth == 1 ? [name] : Enumerable.Range(0, profile.OutputWidth).Select(i => $"{name}={profile.LabelWords.ElementAtOrDefault(i) ?? i.ToString(CultureInfo.InvariantCulture)}");
        return profile.LabelWords.Count > 0 ? outputs.Append(PredictionOutputs.Label) : outputs;
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
