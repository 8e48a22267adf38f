using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Automation.Monitoring.Domains;

/// <summary>
/// Fits small boosted trees that tell rows of the training data from logged ones, on four fifths of them, and orders the others with them, five times. Which columns
/// tell them apart follows from dealing the values of one column anew among the rows that were left out.
/// </summary>
public sealed class DomainClassifier : IDomainClassifier
{
    private const int Folds = 5;

    public DomainScore Score(DomainSamples samples, CancellationToken cancellation)
    {
        var rows = BinnedRows.Of(samples);
        var fold = Deal(rows, samples.Seed);
        var importances = new double[samples.Columns.Count];
        var folds = new List<DomainFold>();
        for (var left = 0; left < Folds; left++)
        {
            int[] held = [.. Enumerable.Range(0, rows.Count).Where(row => fold[row] == left)];
            byte[] kinds = [.. held.Select(row => rows.Kinds[row])];
            var trees = SmallTrees.Fit(rows, [.. Enumerable.Range(0, rows.Count).Where(row => fold[row] != left)], cancellation);
            var auc = Auc([.. held.Select(row => trees.Score(rows, _ => row))], kinds);
            folds.Add(new(kinds.Count(kind => kind == 0), kinds.Count(kind => kind == 1), auc));
            int[] dealt = [.. held];
            new Random(samples.Seed).Shuffle(dealt);
            for (int column = 0, from = 0; column < importances.Length; from += samples.Columns[column++].Width)
            {
                cancellation.ThrowIfCancellationRequested();
                var (first, end) = (from, from + samples.Columns[column].Width);
                var changed = Auc([.. held.Zip(dealt, (row, other) => trees.Score(rows, feature => feature >= first && feature < end ? other : row))], kinds);
                importances[column] += (auc - changed) / Folds;
            }
        }

        return new(folds, [.. samples.Columns.Zip(importances, (column, importance) => new DomainImportance(column.Name, importance))]);
    }

    /// <summary>The probability that a logged row is ordered after one of the training data; of equal scores, half.</summary>
    public static double Auc(double[] scores, byte[] kinds)
    {
        var (keys, sorted) = ((double[])scores.Clone(), (byte[])kinds.Clone());
        Array.Sort(keys, sorted);
        var (sum, logged) = (0.0, 0L);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start; end < keys.Length && keys[end].Equals(keys[start]);)
                end++;
            var rank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
                if (sorted[i] == 1)
                    (sum, logged) = (sum + rank, logged + 1);
        }

        return (sum - logged * (logged + 1) / 2.0) / (logged * (double)(keys.Length - logged));
    }

    /// <summary>As many rows of each kind in every fold.</summary>
    private static int[] Deal(BinnedRows rows, int seed)
    {
        var random = new Random(seed);
        var fold = new int[rows.Count];
        foreach (var kind in new byte[] { 0, 1 })
        {
            int[] members = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Kinds[row] == kind)];
            random.Shuffle(members);
            for (var i = 0; i < members.Length; i++)
                fold[members[i]] = i % Folds;
        }

        return fold;
    }
}
