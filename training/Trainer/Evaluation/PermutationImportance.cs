using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Trainer.Plots.Data;

namespace Slipway.Trainer.Evaluation;

/// <summary>
/// How much a model depends on each raw column: the loss on the holdout when the column's values are permuted among the rows, minus the actual
/// loss (Breiman 2001, Random Forests, section 10). It only needs the model that is served, so it works for any model. Correlated columns share
/// their importance.
/// </summary>
/// <param name="score">N*K answers for N rows of encoded features.</param>
public sealed class PermutationImportance(ModelTask task, Func<float[], int, float[]> score)
{
    private const int MinRows = 200;
    private const int MaxRows = 2000;
    private const int MaxRepeats = 5;
    private const int Budget = 30_000; // rows to score, which takes a model with a hundred trees a tenth of a second
    private const int MaxValues = 10_000_000; // of encoded features, kept twice

    public static string LossOf(ModelTask task) => task == ModelTask.Regression ? "rmse" : "logLoss";

    /// <param name="values">Encoded features, row after row.</param>
    /// <param name="labels">0 and 1, class indexes, or values.</param>
    public IReadOnlyDictionary<string, double> Of(
        IReadOnlyList<ColumnSchema> columns, float[] values, float[] labels, int seed, CancellationToken cancellation = default)
    {
        var width = columns.Sum(Width);
        var rows = RowSample.Of(labels.Length, Math.Min(Math.Clamp(Budget / columns.Count, MinRows, MaxRows), Math.Max(1, MaxValues / width)));
        float[] features = [.. rows.SelectMany(row => values.Skip(row * width).Take(width))];
        float[] expected = [.. rows.Select(row => labels[row])];
        var repeats = Math.Clamp(Budget / (rows.Count * columns.Count), 1, MaxRepeats);
        int[] unmoved = [.. Enumerable.Range(0, rows.Count)];
        var before = Loss(score(features, width), expected);

        var importance = new Dictionary<string, double>(StringComparer.Ordinal);
        var orders = Orders(rows.Count, repeats, seed);
        var dealt = (float[])features.Clone();
        var offset = 0;
        foreach (var column in columns)
        {
            cancellation.ThrowIfCancellationRequested();
            var after = orders.Average(order =>
            {
                Deal(features, dealt, width, offset, Width(column), order);
                return Loss(score(dealt, width), expected);
            });
            if (double.IsFinite(after - before))
                importance.Add(column.Name, after - before);
            Deal(features, dealt, width, offset, Width(column), unmoved);
            offset += Width(column);
        }

        return importance;
    }

    // the loss needs no decision, so any threshold will do
    private double Loss(float[] scores, float[] labels)
    {
        var scored = ScoredRows.Of(task, scores, labels, threshold: 0.5);
        return scored.Measure()[scored.Metrics.ToList().IndexOf(LossOf(task))];
    }

    private static int[][] Orders(int rows, int repeats, int seed)
    {
        var random = new Random(seed);
        var orders = Enumerable.Range(0, repeats).Select(_ => Enumerable.Range(0, rows).ToArray()).ToArray();
        foreach (var order in orders)
            random.Shuffle(order);
        return orders;
    }

    private static void Deal(float[] features, float[] dealt, int width, int offset, int count, int[] order)
    {
        for (var row = 0; row < order.Length; row++)
            features.AsSpan((order[row] * width) + offset, count).CopyTo(dealt.AsSpan((row * width) + offset));
    }

    private static int Width(ColumnSchema column) => column.Categories?.Count ?? 1;
}
