using Slipway.Inference.Slots;

namespace Slipway.Inference.Bakes;

/// <summary>How generations bake, and what they are compared with before.</summary>
/// <param name="Time">How long the generation before is kept; zero to keep none.</param>
/// <param name="Bounds">What a generation may do worse than the one before.</param>
/// <param name="Retry">When a version that was put back may be tried again.</param>
/// <param name="RecentRows">How many recent requests are remembered; zero for none.</param>
public sealed record BakeSettings(TimeSpan Time, BakeBounds Bounds, BackOff Retry, int RecentRows)
{
    /// <summary>For one comparison on the path of a request, so that a put-back follows its reason within a second.</summary>
    public static TimeSpan ComparisonTime { get; } = TimeSpan.FromMilliseconds(300);
}

/// <param name="MaxErrorRate">Of requests whose run fails or takes too long, 0 to 1.</param>
/// <param name="MaxSlowdown">How many times as long a run may take.</param>
/// <param name="MaxDisagreement">Which share of the predictions may differ beyond what the gate measured, 0 to 1.</param>
public sealed record BakeBounds(double MaxErrorRate = 0.01, double MaxSlowdown = 3, double MaxDisagreement = 0.2);
