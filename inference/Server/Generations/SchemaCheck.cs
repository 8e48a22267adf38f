using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Inference.Generations;

/// <summary>The ONNX file declares its own inputs and outputs: they must match the manifest, and the file itself.</summary>
public static class SchemaCheck
{
    /// <exception cref="ModelRejectedException">They do not match.</exception>
    public static void Prove(InferenceSession session, ModelSchema schema)
    {
        if (!session.ModelMetadata.CustomMetadataMap.TryGetValue(ModelSchema.MetadataKey, out var json))
            throw new ModelRejectedException($"{ArtifactFiles.Onnx} has no metadata '{ModelSchema.MetadataKey}'.");
        if (Normal(Parse(json)) != Normal(schema))
            throw new ModelRejectedException($"The schema in the metadata of {ArtifactFiles.Onnx} is not the manifest's.");

        var width = FeatureEncoder.FeatureNames(schema.Columns).Count;
        if (schema.Features.Count != width)
            throw new ModelRejectedException($"The schema lists {schema.Features.Count} features, but its columns encode to {width}.");
        CheckTensor(session.InputMetadata, ModelSchema.InputName, width, "input");
        CheckTensor(session.OutputMetadata, schema.Output.Name, schema.Output.Shape.Count > 1 ? schema.Output.Shape[^1] : 1, "output");
        CheckClasses(schema);
    }

    private static void CheckTensor(IReadOnlyDictionary<string, NodeMetadata> tensors, string name, long width, string kind)
    {
        if (!tensors.TryGetValue(name, out var tensor) || (kind == "input" && tensors.Count != 1))
            throw new ModelRejectedException($"{ArtifactFiles.Onnx} has the {kind}s {string.Join(", ", tensors.Keys)}; expected '{name}'.");
        if (!tensor.IsTensor || tensor.ElementType != typeof(float) || tensor.Dimensions.Length != 2 || tensor.Dimensions[0] > 0 || tensor.Dimensions[1] != width)
            throw new ModelRejectedException(
                $"The {kind} '{name}' of {ArtifactFiles.Onnx} is {tensor.ElementType.Name} [{string.Join(", ", tensor.Dimensions)}]; expected Single [-1, {width}].");
    }

    private static void CheckClasses(ModelSchema schema)
    {
        var width = schema.Output.Shape.Count > 1 ? schema.Output.Shape[^1] : 1;
        var expected = schema.Task switch { ModelTask.Binary => 2, ModelTask.Multiclass => width, _ => 0 };
        if (schema.Task == ModelTask.Binary && width != 1)
            throw new ModelRejectedException($"A binary model returns one probability per row, but this one returns {width} values.");
        if (schema.Classes is { } classes && classes.Count != expected)
            throw new ModelRejectedException($"The schema lists {classes.Count} classes instead of {expected}.");
    }

    private static ModelSchema Parse(string json)
    {
        try
        {
            return CompleteJson.Deserialize(json, RegistryJson.Default.ModelSchema)
                ?? throw new ModelRejectedException($"The metadata '{ModelSchema.MetadataKey}' of {ArtifactFiles.Onnx} is null.");
        }
        catch (JsonException e)
        {
            throw new ModelRejectedException($"The metadata '{ModelSchema.MetadataKey}' of {ArtifactFiles.Onnx} cannot be read: {e.Message}", e);
        }
    }

    // records compare their lists by reference, so the serialized form is compared
    private static string Normal(ModelSchema schema) => JsonSerializer.Serialize(schema, RegistryJson.Default.ModelSchema);
}
