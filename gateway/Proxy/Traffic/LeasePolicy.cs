using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

public enum LeaseStatus
{
    /// <summary>Another gateway writes; this one follows.</summary>
    Follow,

    /// <summary>Nobody holds the lease, or its holder has stopped renewing it.</summary>
    Free,

    /// <summary>This gateway holds it.</summary>
    Hold,

    /// <summary>This gateway holds it and should renew it now.</summary>
    Renew,
}

/// <summary>
/// Which gateway writes the state. Every write is a compare-and-swap on the state itself, so a gateway that was suspended and still trusts an
/// old lease cannot write: the lease only says who should try.
/// </summary>
public static class LeasePolicy
{
    /// <param name="unchangedFor">How long the state's ETag has not changed, by this gateway's own clock.</param>
    public static LeaseStatus Evaluate(TrafficLease lease, string me, TimeSpan unchangedFor, TimeSpan timeout) =>
        lease.Holder == me ? unchangedFor >= timeout / 3 ? LeaseStatus.Renew : LeaseStatus.Hold
        : lease.Holder is null || unchangedFor >= timeout ? LeaseStatus.Free
        : LeaseStatus.Follow;
}
