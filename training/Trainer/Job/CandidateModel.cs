using System.Text;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>A trained model with the threshold it was given and the file that will be served.</summary>
public sealed record CandidateModel(ModelSchema Schema, byte[] Onnx, ITrainedModel Original)
{
    public double Threshold => Schema.Threshold!.Value;

    /// <param name="validation">What the threshold is chosen on, through ONNX Runtime as everything else.</param>
    /// <exception cref="SlipwayException">The model is a constant.</exception>
    public static CandidateModel Export(
        ModelSpec spec, IReadOnlyList<ColumnSchema> columns, IReadOnlyList<string> classes, ITrainedModel model, EncodedRows validation)
    {
        var graph = model.ToOnnx();
        using var draft = new OnnxScorer(OnnxWriter.Write(graph, []));
        var scores = draft.Score(validation);
        if (scores.Distinct().Take(2).Count() < 2)
            throw new SlipwayException(
                $"The trained model answers {scores[0]:0.####} for every validation row: it found nothing to tell the classes apart by. " +
                "Look at the features; with few rows lower minimumExampleCountPerLeaf (trees) or l1Regularization (linear).");

        var threshold = ThresholdPolicy.Choose(spec.Threshold, new(scores, validation.Labels));
        var schema = new ModelSchema(
            spec.Task, spec.Label, columns, FeatureEncoder.FeatureNames(columns), new(OnnxGraph.Output, "FP32", [-1, 1]), threshold, classes);
        return new(schema, OnnxWriter.Write(graph, [new(ModelSchema.MetadataKey, Compact(schema))]), model);
    }

    private static string Compact(ModelSchema schema)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            JsonSerializer.Serialize(json, schema, RegistryJson.Default.ModelSchema);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
