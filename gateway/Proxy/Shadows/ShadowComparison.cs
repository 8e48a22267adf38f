using Slipway.Registry.Models;

namespace Slipway.Gateway.Shadows;

/// <summary>Whether stable and candidate predict the same. Pure.</summary>
public static class ShadowComparison
{
    /// <summary>Of a number that another release of a server computes with the same model: as golden answers are compared.</summary>
    private const double SameModel = 1e-3;

    /// <param name="predicted">What the gate measured, if the candidate is another version of the model; null if it is another release with the same versions.</param>
    /// <param name="row">
    /// The row of a batch that is compared with a predicted share: the gate measured single rows, and the rows of one request are no independent sample. It has to be
    /// drawn at random, because callers choose the order of their rows.
    /// </param>
    /// <returns>Null if the answers cannot be compared.</returns>
    public static bool? Disagree(PredictedRows stable, PredictedRows candidate, PredictedDisagreement? predicted, int row)
    {
        if (stable.Rows != candidate.Rows || stable.Labels.Count != candidate.Labels.Count || stable.Width != candidate.Width)
            return true;
        if (predicted is { Tolerance: null })
            return stable.Labels.Count == 0 ? null : !Same(stable.Labels, candidate.Labels, predicted, row);
        return !Same(stable.Labels, candidate.Labels, predicted, row) || !Same(stable, candidate, predicted?.Tolerance, row);
    }

    /// <summary>Of another release all rows, because each of them has to be the same.</summary>
    private static bool Same(IReadOnlyList<string> stable, IReadOnlyList<string> candidate, PredictedDisagreement? predicted, int row) =>
        predicted is null ? stable.SequenceEqual(candidate) : stable.Count == 0 || stable[row] == candidate[row];

    private static bool Same(PredictedRows stable, PredictedRows candidate, double? tolerance, int row)
    {
        var (first, count) = tolerance is null ? (0, stable.Values.Count) : (row * stable.Width, stable.Width);
        for (var i = first; i < first + count; i++)
        {
            var (one, other) = (stable.Values[i], candidate.Values[i]);
            // written so that NaN disagrees
            if (!(Math.Abs(one - other) <= (tolerance ?? SameModel * Math.Max(1, Math.Abs(one)))))
                return false;
        }
        return true;
    }
}
