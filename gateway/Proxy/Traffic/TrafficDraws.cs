namespace Slipway.Gateway;

/// <summary>
/// Draws for requests that are not sticky: multiples of the golden ratio (a Weyl sequence). Without a lock, and spread so evenly
/// that a share of 10 % is close to ten in every hundred requests, which random numbers are not.
/// </summary>
public sealed class TrafficDraws(ulong seed = 0)
{
    private ulong _position = seed;

    public double Next() => TrafficSplitPolicy.ToUnit(Interlocked.Add(ref _position, 0x9E3779B97F4A7C15UL));
}
