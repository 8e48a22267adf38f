using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Evidence;

/// <summary>
/// Chooses the rows that a server verifies a model on: from each class, the most and the least confident predictions, the rows closest to another
/// decision, the whole range of values, and synthetic rows with missing values and unknown categories.
/// </summary>
public static class GoldenSetBuilder
{
    public const double Tolerance = 1e-5;

    private const int ByClass = 8;
    private const int NearOtherDecision = 8;
    private const int Estimates = 24;
    private const int MadeUp = 8;

    /// <summary>Positions in the holdout, ascending and without duplicates.</summary>
    public static IReadOnlyList<int> Choose(EncodedRows holdout, float[] scores, ModelSchema schema)
    {
        var width = schema.Output.Width;
        var rows = Enumerable.Range(0, holdout.Count);
        if (schema.Task == ModelTask.Regression)
            return [.. Spread([.. rows.OrderBy(row => scores[row])], Estimates).Order()];

        var chosen = new SortedSet<int>();
        foreach (var members in rows.GroupBy(row => (int)holdout.Labels[row]))
            chosen.UnionWith(Spread([.. members.OrderBy(row => scores[(row * width) + (width > 1 ? members.Key : 0)])], ByClass));
        chosen.UnionWith(rows.OrderBy(row => Margin(scores.AsSpan(row * width, width), schema.Threshold)).Take(NearOtherDecision));
        return [.. chosen];
    }

    /// <summary>How far a prediction is from another decision.</summary>
    private static double Margin(ReadOnlySpan<float> answer, double? threshold)
    {
        if (answer.Length == 1)
            return Math.Abs(answer[0] - threshold!.Value);

        var best = MulticlassScores.Decide(answer);
        var second = 0f;
        for (var i = 0; i < answer.Length; i++)
            if (i != best)
                second = Math.Max(second, answer[i]);
        return answer[best] - second;
    }

    /// <param name="records">Raw values of the chosen rows.</param>
    public static GoldenSet Build(FeatureEncoder encoder, IReadOnlyList<IReadOnlyDictionary<string, string?>> records, OnnxScorer scorer, ModelSchema schema)
    {
        IReadOnlyDictionary<string, string?>[] all = [.. records, .. Variations(encoder, records)];
        var inputs = all.Select(record => Encode(encoder, record)).ToArray();
        var outputs = scorer.Score([.. inputs.SelectMany(input => input)], encoder.Width);
        return new(all, inputs, [.. outputs.Chunk(schema.Output.Width)], ToleranceOf(schema.Task, outputs));
    }

    /// <summary>A server multiplies it by max(1, |expected|): if all predictions are small, it must be smaller, or any model would pass.</summary>
    private static double ToleranceOf(ModelTask task, float[] outputs) =>
        task == ModelTask.Regression ? Tolerance * Math.Min(1, ParityPolicy.UsualSize(outputs)) : Tolerance;

    /// <summary>Evenly over the order, including both ends.</summary>
    private static IEnumerable<int> Spread(int[] rows, int count) => rows.Length <= count
        ? rows
        : Enumerable.Range(0, count).Select(i => rows[(int)((long)i * (rows.Length - 1) / (count - 1))]);

    /// <summary>One record per column with its value missing, or with a category that training never saw; then one with no values at all.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, string?>> Variations(
        FeatureEncoder encoder, IReadOnlyList<IReadOnlyDictionary<string, string?>> records)
    {
        for (var i = 0; i < Math.Min(encoder.ColumnCount, MadeUp - 1); i++)
            yield return new Dictionary<string, string?>(records[i % records.Count])
            {
                [encoder.Column(i).Name] = encoder.Column(i).Kind == ColumnKind.Categorical ? "never seen in training" : null,
            };
        yield return records[0].ToDictionary(value => value.Key, _ => (string?)null);
    }

    private static float[] Encode(FeatureEncoder encoder, IReadOnlyDictionary<string, string?> record)
    {
        var row = new float[encoder.Width];
        for (var i = 0; i < encoder.ColumnCount; i++)
            encoder.Encode(i, record.GetValueOrDefault(encoder.Column(i).Name), row);
        return row;
    }
}
