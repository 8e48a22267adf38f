using Slipway.Registry.Models;
using Slipway.Registry.Rollouts.Statistics;
using static System.FormattableString;

namespace Slipway.Inference.Bakes;

/// <summary>What two generations did with the same recent requests.</summary>
/// <param name="Pairs">Requests that the generation before predicted, and the candidate had to.</param>
/// <param name="Failed">The number of these for which the candidate had no finite prediction.</param>
/// <param name="Slower">The number of these for which the candidate took more than the bound's times as long.</param>
/// <param name="Faster">The same the other way round.</param>
/// <param name="Compared">Different requests whose two predictions can be compared.</param>
/// <param name="Disagreed">The number of these with another label or, for regression, a value beyond the tolerance.</param>
/// <param name="IsCut">There was no time for all of them.</param>
public readonly record struct ComparisonCounts(int Pairs, int Failed, int Slower, int Faster, int Compared, int Disagreed, bool IsCut);

/// <summary>
/// Whether a candidate does worse than the generation before it on the same requests: before a swap on those of late, and during the bake to settle a doubt. Neither
/// the requests nor the machine can then be the reason. Pure.
/// </summary>
public static class ComparisonPolicy
{
    /// <summary>Fewer different requests say nothing about disagreement.</summary>
    public const int MinCompared = 20;

    /// <summary>Fewer pairs say nothing about time, unless there was no time for more.</summary>
    public const int MinTimed = 16;

    /// <summary>So many that took so long that there was no time for more.</summary>
    public const int MinTimedWhenCut = 2;

    private const double AlmostAll = 0.99;

    /// <summary>How often the two may disagree; null if the gate did not compare these two versions.</summary>
    public static double? MaxDisagreement(PredictedDisagreement? predicted, BakeBounds bounds) =>
        predicted is null ? null : Math.Min(AlmostAll, predicted.High + bounds.MaxDisagreement);

    /// <param name="predicted">What the gate measured on the holdout; null if it did not compare these two versions.</param>
    /// <param name="before">The version before.</param>
    /// <returns>What is wrong with the candidate, as a sentence; null if nothing is.</returns>
    public static string? Problem(ComparisonCounts counts, PredictedDisagreement? predicted, BakeBounds bounds, int before)
    {
        if (counts.Failed > 0)
            return Invariant($"it has no finite prediction for {counts.Failed} of {counts.Pairs} recent requests, for all of which version {before} has one.");
        if (IsSlower(counts))
            return Invariant($"it took more than {bounds.MaxSlowdown:0.##} times as long as version {before} for {counts.Slower} of {counts.Pairs} recent requests.");
        return MaxDisagreement(predicted, bounds) is { } bound && counts.Compared >= MinCompared && counts.Disagreed > bound * counts.Compared
            && AbsoluteRateTest.LnFail(counts.Disagreed, counts.Compared, bound) >= Math.Log(1 / BakePolicy.Alpha)
            ? Invariant($"it predicts something else than version {before} for {counts.Disagreed} of {counts.Compared} recent requests; after {predicted!.Disagreed} of {predicted.Rows} on the holdout, up to {100 * bound:0.#} % is accepted.")
            : null;
    }

    /// <summary>Mostly, and not by chance: on a machine that is only busy, either of the two meets the pauses.</summary>
    private static bool IsSlower(ComparisonCounts counts) => counts.Pairs < MinTimed
        ? counts.IsCut && counts.Pairs >= MinTimedWhenCut && counts.Slower == counts.Pairs
        : 2 * counts.Slower > counts.Pairs && AbsoluteRateTest.LnFail(counts.Slower, counts.Slower + counts.Faster, 0.5) >= Math.Log(1 / BakePolicy.Alpha);
}
