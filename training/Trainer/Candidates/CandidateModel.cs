using System.Text;
using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Candidates;

/// <summary>A model with its decision threshold and the file that will be served.</summary>
public sealed record CandidateModel(ModelSchema Schema, byte[] Onnx)
{
    /// <summary>Null except for binary models.</summary>
    public double? Threshold => Schema.Threshold;

    /// <summary>Chooses the threshold on the validation rows, with ONNX Runtime like everything else, and writes the schema into the file.</summary>
    /// <param name="write">Creates the file with this metadata.</param>
    /// <exception cref="SlipwayException">The model is constant, or returns values that are not finite.</exception>
    public static CandidateModel Complete(CandidateRequest request, Func<IReadOnlyList<KeyValuePair<string, string>>, byte[]> write)
    {
        var (spec, classes, validation) = (request.Spec, request.Classes, request.Data.Validation);
        var output = ModelSchema.OutputOf(spec.Task, classes.Count);
        using var draft = new OnnxScorer(write([]), output);
        var scores = draft.Score(validation);
        CheckAnswers(scores, output.Width);
        double? threshold = spec.Task == ModelTask.Binary ? ThresholdPolicy.Choose(spec.Threshold, RankedScores.Of(scores, validation.Labels)) : null;
        var schema = new ModelSchema(
            spec.Task, spec.Label, request.Columns, FeatureEncoder.FeatureNames(request.Columns), output, threshold, classes.Count == 0 ? null : classes);
        return new(schema, write([new(ModelSchema.MetadataKey, Compact(schema))]));
    }

    private static void CheckAnswers(float[] scores, int width)
    {
        if (Array.FindIndex(scores, score => !float.IsFinite(score)) is >= 0 and var bad)
            throw new SlipwayException($"The model predicts {scores[bad]} for validation row {(bad / width) + 1}, which is not a finite number.");
        for (var i = width; i < scores.Length; i++)
            if (scores[i] != scores[i % width])
                return;
        throw new SlipwayException(
            $"The model predicts {string.Join(" / ", scores.Take(width).Select(score => FormattableString.Invariant($"{score:0.####}")))} for every validation row: " +
            "it found nothing that distinguishes the rows. " +
            "Check the features; with few rows, lower minimumExampleCountPerLeaf (trees) or l1Regularization (linear).");
    }

    private static string Compact(ModelSchema schema)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            JsonSerializer.Serialize(json, schema, RegistryJson.Default.ModelSchema);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
