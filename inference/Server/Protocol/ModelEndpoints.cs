using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;
using Slipway.Registry.Models;

namespace Slipway.Inference.Protocol;

/// <summary>Model metadata and readiness.</summary>
public sealed class ModelEndpoints(ModelLookup models)
{
    public Task ReadyAsync(HttpContext context)
    {
        var slot = models.Find(context);
        var ready = slot.State.Serving is not null;
        if (ready)
            ModelLookup.CheckVersion(slot, ModelLookup.VersionOf(context)); // 404 for another version; a model that the next request loads is ready
        return JsonResponse.WriteAsync(context, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, json =>
        {
            json.WriteString("name"u8, slot.Model);
            json.WriteBoolean("ready"u8, ready);
        });
    }

    public async Task MetadataAsync(HttpContext context)
    {
        var slot = models.Find(context);
        using var loaded = await models.LoadedAsync(context, slot, ModelLookup.VersionOf(context));
        using var lease = models.Lease(slot, ModelLookup.VersionOf(context));
        var profile = lease.Generation.Profile;
        await JsonResponse.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, profile));
    }

    private static void Write(Utf8JsonWriter json, ModelProfile profile)
    {
        json.WriteString("name"u8, profile.ModelText);
        json.WriteStartArray("versions"u8);
        json.WriteStringValue(profile.VersionText);
        json.WriteEndArray();
        json.WriteString("platform"u8, "onnx_onnxv1"u8);
        json.WriteStartArray("inputs"u8);
        WriteTensor(json, ModelSchema.InputName, TensorType.Fp32, profile.Encoder.Width);
        json.WriteEndArray();
        json.WriteStartArray("outputs"u8);
        WriteTensor(json, profile.Schema.Output.Name, TensorType.Fp32, profile.OutputWidth);
        json.WriteEndArray();
        WriteParameters(json, profile);
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, TensorType type, int width)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("datatype"u8, type.Word());
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(-1);
        json.WriteNumberValue(width);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // 'inputs' lists only the encoded tensor, because a client that fills every input it finds there must get a response.
    // The raw columns, which replace it with one tensor each, are described here; so is the output that is returned only if a request names it.
    private static void WriteParameters(Utf8JsonWriter json, ModelProfile profile)
    {
        var schema = profile.Schema;
        json.WriteStartObject("parameters"u8);
        json.WriteString("task"u8, schema.Task.ToString().ToLowerInvariant());
        json.WriteString("label"u8, schema.Label);
        if (schema.Threshold is { } threshold)
            json.WriteNumber("threshold"u8, threshold);
        json.WriteString("training_job"u8, profile.Manifest.Lineage.TrainingJob);
        json.WriteString("onnx_sha256"u8, profile.Manifest.Artifact.OnnxSha256);
        WriteTexts(json, "label_words"u8, profile.LabelWords);
        WriteTexts(json, "optional_outputs"u8, [.. PredictionOutputs.NamesOf(profile).Skip(1)]);
        WriteTexts(json, "features"u8, schema.Features);
        json.WriteStartArray("columns"u8);
        foreach (var column in schema.Columns)
            WriteColumn(json, column);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnSchema column)
    {
        var categorical = column.Kind == ColumnKind.Categorical;
        json.WriteStartObject();
        json.WriteString("name"u8, column.Name);
        json.WriteString("kind"u8, categorical ? "categorical"u8 : "numeric"u8);
        json.WriteString("datatype"u8, (categorical ? TensorType.Bytes : TensorType.Fp32).Word());
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(-1);
        json.WriteNumberValue(1);
        json.WriteEndArray();
        if (column.Categories is { } categories)
            WriteTexts(json, "categories"u8, categories);
        if (column.Minimum is { } minimum)
            json.WriteNumber("minimum"u8, minimum);
        if (column.Maximum is { } maximum)
            json.WriteNumber("maximum"u8, maximum);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
