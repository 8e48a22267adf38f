using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Shadows;

/// <summary>The comparisons of one rollout in this process, with the last disagreements. A new rollout starts at zero.</summary>
public sealed class ShadowTally : IShadows
{
    private const int MaxSamples = 20;

    private readonly Lock _turn = new();
    private readonly Queue<ShadowSample> _samples = new();
    private string? _rollout;
    private ShadowCounts _counts = ShadowCounts.None;

    public ShadowCounts Counts(string rollout)
    {
        lock (_turn)
            return rollout == _rollout ? _counts : ShadowCounts.None;
    }

    public IReadOnlyList<ShadowSample> Samples(string rollout)
    {
        lock (_turn)
            return rollout == _rollout ? [.. _samples] : [];
    }

    public void Add(string rollout, ShadowCounts counts, ShadowSample? sample = null)
    {
        lock (_turn)
        {
            if (rollout != _rollout)
            {
                (_rollout, _counts) = (rollout, ShadowCounts.None);
                _samples.Clear();
            }
            _counts = _counts.Plus(counts);
            if (sample is null)
                return;
            _samples.Enqueue(sample);
            while (_samples.Count > MaxSamples)
                _samples.Dequeue();
        }
    }
}
