using System.Text;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

public enum PickOutcome
{
    /// <summary>Chosen by the split.</summary>
    Split,

    /// <summary>Requested by the caller.</summary>
    Forced,

    /// <summary>The color chosen by the split cannot serve, but the other can.</summary>
    FailedOver,

    /// <summary>The color that the caller requested cannot serve.</summary>
    ForcedUnavailable,

    /// <summary>No color is known to be able to serve.</summary>
    Panic,
}

/// <param name="Rollout">The rollout that counts the first attempt of this request, as it was at the draw; null if none does.</param>
/// <param name="Share">Its candidate's share at the draw, in percent.</param>
/// <param name="Sticky">The draw, if the caller gets the same one each time.</param>
public readonly record struct TrafficPick(Color Color, PickOutcome Outcome, RolloutState? Rollout = null, int Share = 0, double? Sticky = null);

/// <summary>Which color serves a request. Pure.</summary>
public static class TrafficSplitPolicy
{
    /// <param name="split">Null before the first state: whichever color can serve.</param>
    /// <param name="draw">In [0, 1): random for an ordinary request, the same for all requests of one sticky caller.</param>
    public static TrafficPick Pick(TrafficSplit? split, double draw, Color? forced, bool blueAvailable, bool greenAvailable)
    {
        if (forced is { } color)
            return new(color, Available(color) ? PickOutcome.Forced : PickOutcome.ForcedUnavailable);

        // green takes the low end: while its share grows, a sticky caller moves at most once
        var drawn = split is null ? blueAvailable ? Color.Blue : Color.Green
            : draw * 100 < split.Green ? Color.Green : Color.Blue;
        return Available(drawn) ? new(drawn, PickOutcome.Split)
            : Available(drawn.Other()) ? new(drawn.Other(), PickOutcome.FailedOver)
            : new(drawn, PickOutcome.Panic);

        bool Available(Color candidate) => candidate == Color.Blue ? blueAvailable : greenAvailable;
    }

    /// <summary>Hashes a sticky caller's header or cookie to its draw: FNV-1a with a final mix, the same on every gateway.</summary>
    public static double Draw(string sticky)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(sticky))
            hash = (hash ^ value) * 1099511628211UL;
        // FNV's high bits differ little for short keys; the finalizer of MurmurHash3 spreads them
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return ToUnit(hash ^ (hash >> 33));
    }

    public static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
