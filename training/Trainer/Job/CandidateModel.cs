using System.Text;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>A trained model with the threshold it was given and the file that will be served.</summary>
public sealed record CandidateModel(ModelSchema Schema, byte[] Onnx, ITrainedModel Original)
{
    /// <summary>Null but for binary models.</summary>
    public double? Threshold => Schema.Threshold;

    /// <param name="validation">What the threshold is chosen on, through ONNX Runtime as everything else.</param>
    /// <exception cref="SlipwayException">The model is a constant.</exception>
    public static CandidateModel Export(
        ModelSpec spec, IReadOnlyList<ColumnSchema> columns, IReadOnlyList<string> classes, ITrainedModel model, EncodedRows validation)
    {
        var graph = model.ToOnnx();
        var output = ModelSchema.OutputOf(spec.Task, classes.Count);
        if (graph.Output.Name != output.Name || graph.Output.Width != output.Width)
            throw new SlipwayException(
                $"The trainer '{spec.Trainer}' exported the output {graph.Output.Name} of width {graph.Output.Width}, but a {spec.Task.ToString().ToLowerInvariant()} model " +
                $"answers with {output.Name} of width {output.Width}.");

        using var draft = new OnnxScorer(OnnxWriter.Write(graph, []), output);
        var scores = draft.Score(validation);
        CheckNotConstant(scores, output.Width);
        double? threshold = spec.Task == ModelTask.Binary ? ThresholdPolicy.Choose(spec.Threshold, RankedScores.Of(scores, validation.Labels)) : null;
        var schema = new ModelSchema(
            spec.Task, spec.Label, columns, FeatureEncoder.FeatureNames(columns), output, threshold, classes.Count == 0 ? null : classes);
        return new(schema, OnnxWriter.Write(graph, [new(ModelSchema.MetadataKey, Compact(schema))]), model);
    }

    private static void CheckNotConstant(float[] scores, int width)
    {
        for (var i = width; i < scores.Length; i++)
            if (scores[i] != scores[i % width])
                return;
        throw new SlipwayException(
            $"The trained model answers {string.Join(" / ", scores.Take(width).Select(score => FormattableString.Invariant($"{score:0.####}")))} for every validation row: " +
            "it found nothing to tell the rows apart by. " +
            "Look at the features; with few rows lower minimumExampleCountPerLeaf (trees) or l1Regularization (linear).");
    }

    private static string Compact(ModelSchema schema)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            JsonSerializer.Serialize(json, schema, RegistryJson.Default.ModelSchema);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
