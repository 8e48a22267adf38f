using Slipway.Inference.Generations;
using Slipway.Inference.Slots;

namespace Slipway.Inference.Bakes;

/// <summary>
/// Runs recent live requests through a version and through the serving one before the swap, so that a version that does badly on them
/// never answers a caller. The golden set contains rows that the trainer chose; these are what callers really send.
/// </summary>
public sealed class Replay(ModelSlot slot, BakeSettings settings, TimeProvider time)
{
    // a part of the time for verification: what does not fit is left out
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>How many requests were replayed.</summary>
    public int Requests { get; private set; }

    /// <summary>The columns that these requests do not have, because the serving version has not; empty if they have all.</summary>
    public string Added { get; private set; } = "";

    /// <param name="given">Cancelled when nobody waits for the verification any more.</param>
    /// <exception cref="ModelRejectedException">It does worse than the serving version.</exception>
    public void Prove(ModelGeneration candidate, CancellationToken given)
    {
        if (!slot.TryLease(out var lease))
            return;
        using (lease)
        {
            var serving = lease.Generation;
            // nothing may keep a person from rolling back
            if (!SwapPolicy.MayReturn(slot.State, serving.Profile.Manifest, candidate.Profile.Manifest) || serving.Traffic?.Rows is not { } recent)
                return;
            var comparison = new GenerationComparison(candidate, serving, settings.Bounds, time);
            var counts = comparison.Run(recent.Copy(), recent.Profile, Limit, given);
            (Requests, Added) = (counts.Pairs, counts.Pairs == 0 ? "" : string.Join(", ", RowMapping.Between(recent.Profile, candidate.Profile).Added));
            if (ComparisonPolicy.Problem(counts, comparison.Predicted, settings.Bounds, serving.Profile.Manifest.Version) is { } problem)
                throw new ModelRejectedException($"Before the swap, {problem}");
        }
    }
}
