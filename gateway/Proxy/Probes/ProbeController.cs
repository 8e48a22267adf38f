using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Traffic;
using Slipway.Hosting.Polling;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Probes;

/// <summary>
/// While a rollout runs whose plan asks for probes, the lease holder sends golden rows to both colors. Off the path of requests, and bounded: so many
/// rows at once, so many a second, and no new ones before those have been answered or given up.
/// </summary>
public sealed partial class ProbeController(
    CurrentTraffic traffic, TrafficRecords records, Fleet fleet, ProbeRound round, GatewayOptions options, TimeProvider time, ILogger<ProbeController> logger)
    : PollingService(options.RolloutInterval, time), IGoldenProbes
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Tally? _tally;

    private sealed record Tally(string Rollout, ProbeCounts Counts);

    public ProbeCounts Counts(string rollout) => _tally is { } tally && tally.Rollout == rollout ? tally.Counts : ProbeCounts.None;

    public override async Task TickAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (ProbeTargetPolicy.Prepared(traffic.State, records.Holder) is { } rollout)
                await RunAsync(rollout, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // no answers decide nothing; the next round tries again
            RoundFailed(e.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(RolloutState rollout, CancellationToken cancellation)
    {
        var id = rollout.Plan.Id;
        if (_tally?.Rollout != id)
        {
            round.Restart();
            _tally = new(id, ProbeCounts.None);
        }
        var before = Counts(id);
        var release = traffic.Desired is { Plan: { } plan } desired && plan.Id == id ? desired.Release : null;
        var healthy = fleet.Current.All.Where(replica => replica.Health == ReplicaHealth.Healthy).Select(replica => replica.Heartbeat);
        var targets = ProbeTargetPolicy.Targets(rollout, release, healthy);
        if (traffic.State is { } state && ProbeTargetPolicy.IsDue(state.Phase))
            _tally = new(id, before.Plus(await round.RunAsync(rollout.Candidate, targets, cancellation)));
        else
            await round.PrepareAsync(targets, cancellation);
    }

    [LoggerMessage(LogLevel.Error, "A round of probes failed: {Problem}")]
    private partial void RoundFailed(string problem);
}
