namespace Slipway.Registry.Rollouts.Statistics;

public readonly record struct ConfidenceInterval(double Lower, double Upper);

/// <param name="Count">How many latencies there are.</param>
/// <param name="Microseconds">The quantile, at most 6 % too high.</param>
/// <param name="LowerMicroseconds">Null if there are too few for a lower bound.</param>
/// <param name="UpperMicroseconds">Null if there are too few for an upper bound.</param>
public sealed record QuantileEstimate(long Count, double Microseconds, double? LowerMicroseconds, double? UpperMicroseconds);
