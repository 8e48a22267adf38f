namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// The probability that a score stands for: a non-decreasing function through the given points, linear between them and constant outside (isotonic regression).
/// </summary>
/// <param name="Scores">Ascending.</param>
/// <param name="Probabilities">As many, not descending.</param>
public sealed record Calibrator(IReadOnlyList<double> Scores, IReadOnlyList<double> Probabilities)
{
    /// <summary>The best non-decreasing fit by least squares: pools adjacent violators (R. Barlow et al., 1972).</summary>
    /// <param name="labels">Whether the row belongs to the class.</param>
    public static Calibrator Fit(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        if (scores.IsEmpty || scores.Length != labels.Length)
            throw new ArgumentException($"{scores.Length} scores for {labels.Length} labels.");
        var (keys, values) = (scores.ToArray(), labels.ToArray());
        Array.Sort(keys, values);
        var blocks = new List<Block>();
        for (var row = 0; row < keys.Length; row++)
        {
            var label = values[row] ? 1.0 : 0.0;
            var block = row > 0 && keys[row] == keys[row - 1] && Pop(blocks) is { } tie
                ? tie with { Sum = tie.Sum + label, Count = tie.Count + 1 }
                : new(keys[row], keys[row], label, 1);
            // the rows of a tie must not be separated: they are pooled with what comes before only when all of them are in
            if (row + 1 == keys.Length || keys[row + 1] != keys[row])
                while (blocks.Count > 0 && blocks[^1].Mean >= block.Mean)
                    block = Pop(blocks)!.Plus(block);
            blocks.Add(block);
        }

        return new(
            [.. blocks.SelectMany(block => block.Points.Select(point => point.Score))],
            [.. blocks.SelectMany(block => block.Points.Select(point => point.Probability))]);
    }

    public double Apply(double score)
    {
        var (low, high) = (0, Scores.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Scores[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }

        if (low == Scores.Count)
            return Probabilities[^1];
        if (low == 0 || Scores[low] == score)
            return Probabilities[low];
        var share = (score - Scores[low - 1]) / (Scores[low] - Scores[low - 1]);
        return Probabilities[low - 1] + (share * (Probabilities[low] - Probabilities[low - 1]));
    }

    private static Block? Pop(List<Block> blocks)
    {
        if (blocks.Count == 0)
            return null;
        var last = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
        return last;
    }

    private sealed record Block(double First, double Last, double Sum, double Count)
    {
        public double Mean => Sum / Count;

        public IEnumerable<(double Score, double Probability)> Points => First == Last ? [(First, Mean)] : [(First, Mean), (Last, Mean)];

        public Block Plus(Block next) => new(First, next.Last, Sum + next.Sum, Count + next.Count);
    }
}
