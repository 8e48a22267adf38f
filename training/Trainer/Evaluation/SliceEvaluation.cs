using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>The same metrics for each category of the columns that the spec names.</summary>
public static class SliceEvaluation
{
    public static IReadOnlyList<SliceMetrics> Evaluate(
        IReadOnlyList<string> slices, IReadOnlyList<ColumnSchema> columns, EncodedRows rows, float[] scores, double threshold, int seed)
    {
        var metrics = new List<SliceMetrics>();
        var feature = 0;
        foreach (var column in columns)
        {
            if (column.Categories is { } categories && slices.Contains(column.Name))
                for (var i = 0; i < categories.Count; i++)
                    metrics.Add(Evaluate($"{column.Name}={categories[i]}", feature + i, rows, scores, threshold, seed));
            feature += column.Categories?.Count ?? 1;
        }

        return metrics;
    }

    private static SliceMetrics Evaluate(string slice, int feature, EncodedRows rows, float[] scores, double threshold, int seed)
    {
        int[] members = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Row(row)[feature] == 1)];
        var ranked = new RankedScores([.. members.Select(row => scores[row])], [.. members.Select(row => rows.Labels[row])]);
        var metrics = BinaryMetrics.Of(ranked, threshold).ToDictionary(Bootstrap.Intervals(ranked, threshold, seed));
        return new(slice, members.Length, ranked.Positives, metrics);
    }
}
