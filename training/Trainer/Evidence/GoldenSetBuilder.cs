using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>
/// Picks the rows that a server proves a model on: from both classes, the surest and the least sure answers, the rows nearest to the
/// threshold, and made-up rows with missing values and unknown categories.
/// </summary>
public static class GoldenSetBuilder
{
    public const double Tolerance = 1e-5;

    private const int ByClass = 8;
    private const int NearThreshold = 8;
    private const int MadeUp = 8;

    /// <summary>Positions in the holdout, ascending and without repetition.</summary>
    public static IReadOnlyList<int> Choose(EncodedRows holdout, float[] scores, double threshold)
    {
        var byScore = Enumerable.Range(0, holdout.Count).OrderBy(row => scores[row]).ToArray();
        var chosen = new SortedSet<int>();
        foreach (var label in new[] { false, true })
            chosen.UnionWith(Spread([.. byScore.Where(row => holdout.Labels[row] == label)], ByClass));
        chosen.UnionWith(byScore.OrderBy(row => Math.Abs(scores[row] - threshold)).Take(NearThreshold));
        return [.. chosen];
    }

    /// <param name="records">Raw values of the chosen rows.</param>
    public static GoldenSet Build(FeatureEncoder encoder, IReadOnlyList<IReadOnlyDictionary<string, string?>> records, OnnxScorer scorer)
    {
        IReadOnlyDictionary<string, string?>[] all = [.. records, .. Variations(encoder, records)];
        var inputs = all.Select(record => Encode(encoder, record)).ToArray();
        var outputs = scorer.Score([.. inputs.SelectMany(input => input)], encoder.Width);
        return new(all, inputs, [.. outputs.Select(output => new[] { output })], Tolerance);
    }

    /// <summary>Evenly over the order, both ends included.</summary>
    private static IEnumerable<int> Spread(int[] rows, int count) => rows.Length <= count
        ? rows
        : Enumerable.Range(0, count).Select(i => rows[(int)((long)i * (rows.Length - 1) / (count - 1))]);

    /// <summary>One record a column with its value missing, or of a category that training never saw; then one with nothing at all.</summary>
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
            encoder.Encode(i, record[encoder.Column(i).Name], row);
        return row;
    }
}
