using System.Numerics;

namespace Slipway.Trainer.Trainers.Linear;

/// <summary>
/// Least squares by sums over the rows, in the order of the rows and in double precision: the same bits on every machine and for any number of cores.
/// </summary>
internal sealed class NormalEquations(int width)
{
    private readonly double[][] _products = [.. Enumerable.Range(0, width).Select(_ => new double[width])];
    private readonly double[] _sums = new double[width], _withTarget = new double[width];
    private double _targets;
    private long _count;

    /// <param name="row">Normalized: sums of squares of large numbers would lose small ones.</param>
    public void Add(ReadOnlySpan<double> row, double target)
    {
        _count++;
        _targets += target;
        for (var j = 0; j < row.Length; j++)
        {
            _sums[j] += row[j];
            _withTarget[j] += row[j] * target;
            AddTo(_products[j].AsSpan(0, j + 1), row, row[j]);
        }
    }

    /// <summary>The linear model with the smallest mean squared error plus <paramref name="penalty"/> times the sum of squared weights. The bias is not penalized.</summary>
    public LineFit Solve(double penalty)
    {
        double[] means = [.. _sums.Select(sum => sum / _count)];
        var targetMean = _targets / _count;
        var covariance = new double[width, width];
        var right = new double[width];
        for (var j = 0; j < width; j++)
        {
            for (var k = 0; k <= j; k++)
                covariance[j, k] = covariance[k, j] = (_products[j][k] / _count) - (means[j] * means[k]);
            covariance[j, j] += penalty;
            right[j] = (_withTarget[j] / _count) - (means[j] * targetMean);
        }

        var weights = new Cholesky(covariance).Solve(right);
        return new(weights, targetMean - means.Zip(weights, (mean, weight) => mean * weight).Sum());
    }

    // product and sum are rounded separately, never fused, so that a processor without fused multiply-add gets the same
    private static void AddTo(Span<double> sums, ReadOnlySpan<double> row, double factor)
    {
        var i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(sums[i..]) + (new Vector<double>(row[i..]) * factor)).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += row[i] * factor;
    }
}

internal sealed record LineFit(double[] Weights, double Bias);
