using Slipway.Registry;

namespace Slipway.Trainer.Trainers.Linear;

/// <summary>
/// A symmetric, positive definite matrix as the product of a triangular matrix and its transpose, which solves systems of linear equations:
/// a third of the work of an inverse, more precise, and the same bits on every machine.
/// </summary>
public sealed class Cholesky
{
    // what rounding leaves of a column that depends on others, relative to its diagonal
    private const double Nothing = 1e-12;

    private readonly double[][] _lower; // row j has j + 1 values

    /// <param name="matrix">[n, n]; only the lower triangle is read.</param>
    /// <exception cref="SlipwayException">The matrix is not positive definite: add a multiple of the diagonal to it.</exception>
    public Cholesky(double[,] matrix)
    {
        _lower = new double[matrix.GetLength(0)][];
        for (var j = 0; j < _lower.Length; j++)
        {
            var row = _lower[j] = new double[j + 1];
            for (var k = 0; k < j; k++)
                row[k] = (matrix[j, k] - Dot(row, _lower[k], k)) / _lower[k][k];
            var pivot = matrix[j, j] - Dot(row, row, j);
            // written so that NaN fails
            if (!(pivot > Nothing * matrix[j, j]))
                throw new SlipwayException(
                    $"Column {j + 1} of {_lower.Length} depends on the columns before it, so the equations have no unique solution. Increase the regularization.");
            row[j] = Math.Sqrt(pivot);
        }
    }

    /// <summary>The x for which matrix * x is <paramref name="right"/> [n].</summary>
    public double[] Solve(IReadOnlyList<double> right)
    {
        var x = new double[_lower.Length];
        for (var j = 0; j < x.Length; j++)
            x[j] = (right[j] - Dot(_lower[j], x, j)) / _lower[j][j];
        for (var j = x.Length - 1; j >= 0; j--)
        {
            x[j] /= _lower[j][j];
            for (var k = 0; k < j; k++)
                x[k] -= _lower[j][k] * x[j];
        }

        return x;
    }

    private static double Dot(double[] left, double[] right, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
