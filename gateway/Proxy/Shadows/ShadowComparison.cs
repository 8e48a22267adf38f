using Slipway.Registry.Models;

namespace Slipway.Gateway.Shadows;

/// <summary>Whether stable and candidate predict the same. Pure.</summary>
public static class ShadowComparison
{
    /// <summary>Of a number that another release of a server computes with the same model: as golden answers are compared.</summary>
    private const double SameModel = 1e-3;

    /// <param name="predicted">What the gate measured, if the candidate is another version of the model; null if it is another release with the same versions.</param>
    /// <returns>Null if the answers cannot be compared.</returns>
    public static bool? Disagree(PredictedRows stable, PredictedRows candidate, PredictedDisagreement? predicted)
    {
        if (stable.Rows != candidate.Rows || stable.Labels.Count != candidate.Labels.Count || stable.Width != candidate.Width)
            return true;
        if (predicted is { Tolerance: null })
            return stable.Labels.Count == 0 ? null : !Same(stable.Labels, candidate.Labels, predicted);
        return !Same(stable.Labels, candidate.Labels, predicted) || !Same(stable, candidate, predicted?.Tolerance);
    }

    // The gate measured single rows, and the rows of one request are no independent sample: the first stands for all where a share of rows was predicted.
    private static bool Same(IReadOnlyList<string> stable, IReadOnlyList<string> candidate, PredictedDisagreement? predicted) =>
        predicted is null ? stable.SequenceEqual(candidate) : stable.Count == 0 || stable[0] == candidate[0];

    private static bool Same(PredictedRows stable, PredictedRows candidate, double? tolerance)
    {
        var count = tolerance is null ? stable.Values.Count : stable.Width;
        for (var i = 0; i < count; i++)
        {
            var (one, other) = (stable.Values[i], candidate.Values[i]);
            // written so that NaN disagrees
            if (!(Math.Abs(one - other) <= (tolerance ?? SameModel * Math.Max(1, Math.Abs(one)))))
                return false;
        }
        return true;
    }
}
