using Slipway.Registry.Monitoring.Quality;
using Slipway.Trainer.Data;
using Slipway.Trainer.Plots.Data;

namespace Slipway.Trainer.Estimates;

/// <summary>
/// Fits a regression tree to the absolute errors of predictions (L. Breiman et al., Classification and Regression Trees, 1984): each split reduces the squared
/// deviation most. The same rows give the same tree.
/// </summary>
public sealed class ErrorTreeFit(CancellationToken cancellation = default)
{
    private const int MaxDepth = 5;
    private const int MinRows = 20; // in a leaf: a mean of fewer is not an estimate
    private const int MaxRows = 20_000; // more change nothing in so small a tree
    private const double MinGain = 0.005; // of the deviation of all rows: less is noise

    public ErrorTree Fit(EncodedRows rows, float[] predictions)
    {
        int[] members = [.. RowSample.Of(rows.Count, MaxRows)];
        var errors = new double[rows.Count];
        foreach (var row in members)
            errors[row] = Math.Abs((double)predictions[row] - rows.Labels[row]);
        var nodes = new List<ErrorNode>();
        Grow(new(rows, predictions, errors), members, Deviation(members, errors) * MinGain, depth: 0, nodes);
        return new(nodes);
    }

    private int Grow(ErrorRows rows, int[] members, double minGain, int depth, List<ErrorNode> nodes)
    {
        cancellation.ThrowIfCancellationRequested();
        var number = nodes.Count;
        var leaf = new ErrorNode(members.Average(row => rows.Errors[row]), members.Average(row => rows.Errors[row] * rows.Errors[row]));
        nodes.Add(leaf);
        if (depth == MaxDepth || members.Length < 2 * MinRows || Best(rows, members) is not { } split || split.Gain <= minGain)
            return number;

        var left = Grow(rows, [.. members.Where(row => rows.Feature(row, split.Feature) <= split.Threshold)], minGain, depth + 1, nodes);
        var right = Grow(rows, [.. members.Where(row => rows.Feature(row, split.Feature) > split.Threshold)], minGain, depth + 1, nodes);
        nodes[number] = leaf with { Feature = split.Feature, Threshold = split.Threshold, Left = left, Right = right };
        return number;
    }

    private static Split? Best(ErrorRows rows, int[] members)
    {
        Split? best = null;
        var (keys, order) = (new float[members.Length], new int[members.Length]);
        var total = members.Sum(row => rows.Errors[row]);
        for (var feature = 0; feature < rows.Features; feature++)
        {
            for (var i = 0; i < members.Length; i++)
                (keys[i], order[i]) = (rows.Feature(members[i], feature), members[i]);
            Array.Sort(keys, order);
            var below = 0.0;
            for (var count = 1; count <= members.Length - MinRows; count++)
            {
                below += rows.Errors[order[count - 1]];
                if (count < MinRows || keys[count] == keys[count - 1])
                    continue;
                var above = total - below;
                var gain = (below * below / count) + (above * above / (members.Length - count)) - (total * total / members.Length);
                // halfway, but never rounded up to the next value
                if (gain > (best?.Gain ?? 0))
                    best = new(feature, Math.Min(keys[count - 1] + ((keys[count] - keys[count - 1]) / 2), MathF.BitDecrement(keys[count])), gain);
            }
        }

        return best;
    }

    private static double Deviation(int[] members, double[] errors)
    {
        var mean = members.Average(row => errors[row]);
        return members.Sum(row => (errors[row] - mean) * (errors[row] - mean));
    }

    private readonly record struct Split(int Feature, float Threshold, double Gain);

    private sealed record ErrorRows(EncodedRows Rows, float[] Predictions, double[] Errors)
    {
        /// <summary>The prediction is the last.</summary>
        public int Features { get; } = Rows.Row(0).Length + 1;

        public float Feature(int row, int feature) => feature == Features - 1 ? Predictions[row] : Rows.Row(row)[feature];
    }
}
