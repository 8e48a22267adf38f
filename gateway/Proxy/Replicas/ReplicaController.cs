using Slipway.Gateway.Options;
using Slipway.Hosting.Polling;
using Slipway.Registry;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Updates the destinations from the heartbeats; a gateway serves no requests before it has its servers. While the store is unavailable, the last set of servers stays.
/// </summary>
public sealed partial class ReplicaController(
    ReplicaSource source, Fleet fleet, OwnAddresses own, GatewayOptions options, TimeProvider time, ILogger<ReplicaController> logger)
    : PollingService(options.PollInterval, time)
{
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private bool _away;

    public override async Task TickAsync(CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.ReplicaTimeout, Time, cancellation);
        try
        {
            var observed = await source.ReadAsync(deadline.Token);
            var members = ReplicaMembershipPolicy.Members(observed, [.. fleet.Current.All], IsAllowed);
            fleet.Starting = ReplicaMembershipPolicy.Starting(observed, IsAllowed);
            if (await fleet.ApplyAsync(members, deadline.Token))
                FleetChanged(Words(Color.Blue), Words(Color.Green));
            if (_away)
                StoreReturned();
            _away = false;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // whatever the store throws, requests keep flowing to the known servers
            if (!_away)
                StoreWentAway(e.Message);
            _away = true;
        }
    }

    private bool IsAllowed(string address)
    {
        var refusal = ReplicaAddressPolicy.Refusal(address, options.AllowedAddresses, own.Contain);
        if (refusal is not null && _refused.Add(address))
            AddressRefused(refusal);
        return refusal is null;
    }

    private string Words(Color color) =>
        fleet.Current.Of(color) is { Length: > 0 } replicas ? string.Join(" ", replicas.Select(replica => replica.Id)) : "none";
}
