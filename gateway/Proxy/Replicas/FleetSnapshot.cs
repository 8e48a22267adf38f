using System.Collections.Immutable;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Replicas;

/// <summary>The servers that requests may go to, by color. Immutable: a request uses the snapshot that it started with.</summary>
public sealed record FleetSnapshot(ImmutableArray<Replica> Blue, ImmutableArray<Replica> Green)
{
    public static FleetSnapshot Empty { get; } = new([], []);

    public static FleetSnapshot Of(IEnumerable<Replica> replicas)
    {
        var byColor = replicas.OrderBy(replica => replica.Id, StringComparer.Ordinal).ToLookup(replica => replica.Color);
        return new([.. byColor[Color.Blue]], [.. byColor[Color.Green]]);
    }

    public ImmutableArray<Replica> Of(Color color) => color == Color.Blue ? Blue : Green;

    public IEnumerable<Replica> All => Blue.Concat(Green);

    /// <summary>Whether a color can serve: at least one of its servers is not known to be unhealthy.</summary>
    public bool IsAvailable(Color color)
    {
        foreach (var replica in Of(color))
        {
            if (replica.Health != ReplicaHealth.Unhealthy)
                return true;
        }
        return false;
    }

    public bool IsHealthy(Color color)
    {
        foreach (var replica in Of(color))
        {
            if (replica.Health == ReplicaHealth.Healthy)
                return true;
        }
        return false;
    }
}
