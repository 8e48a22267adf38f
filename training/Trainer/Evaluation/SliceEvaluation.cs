using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Evaluation;

/// <summary>The same metrics for each category of the spec's slice columns.</summary>
public sealed class SliceEvaluation(ModelSchema schema, PredictionValue? value, int seed)
{
    public IReadOnlyList<SliceMetrics> Evaluate(IReadOnlyList<string> slices, EncodedRows rows, float[] scores)
    {
        var metrics = new List<SliceMetrics>();
        var feature = 0;
        foreach (var column in schema.Columns)
        {
            if (column.Categories is { } categories && slices.Contains(column.Name))
                for (var i = 0; i < categories.Count; i++)
                    metrics.Add(Evaluate($"{column.Name}={categories[i]}", feature + i, rows, scores));
            feature += column.Categories?.Count ?? 1;
        }

        return metrics;
    }

    private SliceMetrics Evaluate(string slice, int feature, EncodedRows rows, float[] scores)
    {
        int[] members = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Row(row)[feature] == 1)];
        long? positives = schema.Task == ModelTask.Binary ? members.Count(row => rows.Labels[row] == 1) : null;
        if (members.Length == 0)
            return new(slice, 0, positives, new Dictionary<string, Metric>());

        var width = schema.Output.Width;
        float[] answers = [.. members.SelectMany(row => scores[(row * width)..((row + 1) * width)])];
        var scored = ScoredRows.Of(schema.Task, answers, [.. members.Select(row => rows.Labels[row])], schema.Threshold, value);
        return new(slice, members.Length, positives, scored.ToMetrics(seed));
    }
}
