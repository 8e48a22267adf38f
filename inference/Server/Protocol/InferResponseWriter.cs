using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Protocol;

/// <summary>Writes the response to an infer request: JSON, followed by the tensors that were requested in binary.</summary>
public static class InferResponseWriter
{
    private static readonly JsonEncodedText LabelName = JsonEncodedText.Encode(PredictionOutputs.Label);

    /// <returns>The length of the JSON if binary tensors follow; null if everything is JSON.</returns>
    public static int? Write(Workspace work, ReadOnlySpan<byte> body, ModelProfile profile, RowBatch batch)
    {
        var (json, request) = (work.Json, work.Request);
        json.WriteStartObject();
        json.WriteString("model_name"u8, profile.ModelText);
        json.WriteString("model_version"u8, profile.VersionText);
        if (request.Id.Length > 0)
        {
            json.WritePropertyName("id"u8);
            json.WriteRawValue(body.Slice(request.Id.Start, request.Id.Length), skipInputValidation: true);
        }

        json.WriteStartArray("outputs"u8);
        if (request.WantsOutput)
            WriteOutput(json, profile, batch, request.BinaryOutput is true);
        if (request.WantsLabel)
            WriteLabel(json, profile, batch, request.BinaryLabel is true);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();

        var length = work.Response.Length;
        if (request is { WantsOutput: true, BinaryOutput: true })
            AppendOutput(work.Response, batch);
        if (request is { WantsLabel: true, BinaryLabel: true })
            AppendLabels(work.Response, profile, batch);
        return work.Response.Length > length ? length : null;
    }

    private static void WriteOutput(Utf8JsonWriter json, ModelProfile profile, RowBatch batch, bool binary)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, profile.OutputText);
        json.WriteString("datatype"u8, "FP32"u8);
        WriteShape(json, batch.Rows, profile.OutputWidth);
        if (binary)
        {
            WriteSize(json, batch.Outputs.Length * sizeof(float));
        }
        else
        {
            json.WriteStartArray("data"u8);
            foreach (var value in batch.Outputs)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter json, ModelProfile profile, RowBatch batch, bool binary)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, LabelName);
        json.WriteString("datatype"u8, "BYTES"u8);
        WriteShape(json, batch.Rows, 1);
        if (binary)
        {
            var size = 0;
            for (var row = 0; row < batch.Rows; row++)
                size += sizeof(int) + Encoding.UTF8.GetByteCount(Word(profile, batch, row));
            WriteSize(json, size);
        }
        else
        {
            json.WriteStartArray("data"u8);
            for (var row = 0; row < batch.Rows; row++)
                json.WriteStringValue(profile.LabelTexts[profile.LabelOf(batch.Output(row))]);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, int rows, int width)
    {
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(rows);
        json.WriteNumberValue(width);
        json.WriteEndArray();
    }

    private static void WriteSize(Utf8JsonWriter json, int size)
    {
        json.WriteStartObject("parameters"u8);
        json.WriteNumber("binary_data_size"u8, size);
        json.WriteEndObject();
    }

    private static void AppendOutput(ResponseBuffer response, RowBatch batch)
    {
        foreach (var value in batch.Outputs)
        {
            BinaryPrimitives.WriteSingleLittleEndian(response.GetSpan(sizeof(float)), value);
            response.Advance(sizeof(float));
        }
    }

    private static void AppendLabels(ResponseBuffer response, ModelProfile profile, RowBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var word = Encoding.UTF8.GetBytes(Word(profile, batch, row));
            BinaryPrimitives.WriteInt32LittleEndian(response.GetSpan(sizeof(int)), word.Length);
            response.Advance(sizeof(int));
            response.Write(word);
        }
    }

    private static string Word(ModelProfile profile, RowBatch batch, int row) => profile.LabelWords[profile.LabelOf(batch.Output(row))];

    public static string HeaderValue(int length) => length.ToString(CultureInfo.InvariantCulture);
}
