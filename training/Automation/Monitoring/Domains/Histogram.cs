namespace Slipway.Automation.Monitoring.Domains;

/// <summary>The derivatives of the loss of some rows, added up by feature and bin.</summary>
internal sealed class Histogram
{
    private const double MinGain = 1e-9;

    private readonly int[] _binCounts;
    private readonly double[] _gradients;
    private readonly double[] _hessians;
    private readonly int[] _rows;

    private Histogram(int[] binCounts, int bins) => (_binCounts, _gradients, _hessians, _rows) = (binCounts, new double[bins], new double[bins], new int[bins]);

    /// <summary>Of all rows.</summary>
    public double Gradient { get; private set; }

    public double Hessian { get; private set; }

    private int Rows { get; set; }

    public static Histogram Of(BinnedRows rows, ReadOnlySpan<int> members, double[] gradient, double[] hessian)
    {
        var histogram = new Histogram(rows.BinCounts, rows.BinCounts.Sum()) { Rows = members.Length };
        foreach (var row in members)
            (histogram.Gradient, histogram.Hessian) = (histogram.Gradient + gradient[row], histogram.Hessian + hessian[row]);
        var offset = 0;
        for (var feature = 0; feature < rows.Features.Length; offset += rows.BinCounts[feature++])
        {
            var bins = rows.Features[feature];
            foreach (var row in members)
            {
                var at = offset + bins[row];
                histogram._gradients[at] += gradient[row];
                histogram._hessians[at] += hessian[row];
                histogram._rows[at]++;
            }
        }

        return histogram;
    }

    /// <summary>Of the rows that are not in a part.</summary>
    public Histogram Without(Histogram part)
    {
        var rest = new Histogram(_binCounts, _rows.Length) { Gradient = Gradient - part.Gradient, Hessian = Hessian - part.Hessian, Rows = Rows - part.Rows };
        for (var i = 0; i < _rows.Length; i++)
            (rest._gradients[i], rest._hessians[i], rest._rows[i]) = (_gradients[i] - part._gradients[i], _hessians[i] - part._hessians[i], _rows[i] - part._rows[i]);
        return rest;
    }

    /// <returns>Null if none gains anything.</returns>
    public Split? Best(int minRows, double regularization)
    {
        Split? best = null;
        var whole = Gradient * Gradient / (Hessian + regularization);
        var offset = 0;
        for (var feature = 0; feature < _binCounts.Length; offset += _binCounts[feature++])
        {
            var (gradient, hessian, rows) = (0.0, 0.0, 0);
            for (var bin = 0; bin < _binCounts[feature] - 1; bin++)
            {
                (gradient, hessian, rows) = (gradient + _gradients[offset + bin], hessian + _hessians[offset + bin], rows + _rows[offset + bin]);
                if (_rows[offset + bin] == 0 || rows < minRows)
                    continue;
                if (Rows - rows < minRows)
                    break;
                var gain = gradient * gradient / (hessian + regularization) + (Gradient - gradient) * (Gradient - gradient) / (Hessian - hessian + regularization) - whole;
                if (gain > (best?.Gain ?? MinGain))
                    best = new(feature, bin, gain);
            }
        }

        return best;
    }
}

/// <param name="Bin">The last one of the left part.</param>
/// <param name="Gain">By how much the loss falls, up to a factor.</param>
internal sealed record Split(int Feature, int Bin, double Gain);
