using Slipway.Gateway.Options;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Rollouts;

/// <summary>What the controller needs of a rollout: its evidence before it decides, and the record of what it has decided.</summary>
public sealed class RolloutJournal(
    RolloutCounter counter, ObservationStore observations, RolloutRecords records, TickSignal signal, GatewayOptions options, TimeProvider time)
{
    private readonly TimeSpan _interval = options.Store.StartsWith("s3://", StringComparison.Ordinal) || options.RolloutInterval > options.PollInterval
        ? options.PollInterval : options.RolloutInterval;

    private RolloutEvidence _evidence = RolloutEvidence.None;

    /// <summary>Must be called before requests are drawn by this state.</summary>
    public void Follow(TrafficState? state) => counter.Follow(state);

    /// <summary>Writes what this gateway has counted; the holder also reads what the others have.</summary>
    public async Task<RolloutMeasurements> ObserveAsync(TrafficState? state, bool isHolder, TimeSpan sinceLastWrite, CancellationToken cancellation)
    {
        counter.Follow(state);
        if (RunningRollout.Of(state) is not { } rollout)
            return RolloutMeasurements.None with { SinceLastWrite = sinceLastWrite };
        await observations.WriteAsync(cancellation);
        if (!isHolder)
            return RolloutMeasurements.None with { SinceLastWrite = sinceLastWrite };
        _evidence = await observations.ReadAsync(rollout.Plan.Id, mayRemove: true, cancellation);
        return RolloutMeasurements.Of(_evidence, sinceLastWrite);
    }

    /// <summary>Records why a rollout gets to another phase or step, before it does.</summary>
    public async Task RecordAsync(TrafficState? before, TrafficState next, CancellationToken cancellation)
    {
        if (RunningRollout.Of(before) is { } ended && ended.Plan.Id != next.Rollout?.Plan.Id)
            await AppendAsync(ended with { Share = 0 }, TrafficPhase.Idle, next.Reason, _evidence, cancellation);
        if (next.Rollout is not { } rollout || (before?.Rollout?.Plan.Id, before?.Phase, before?.Rollout?.Step) == (rollout.Plan.Id, next.Phase, rollout.Step))
            return;
        await AppendAsync(rollout, next.Phase, next.Reason, before?.Rollout?.Plan.Id == rollout.Plan.Id ? _evidence : RolloutEvidence.None, cancellation);
    }

    private Task AppendAsync(RolloutState rollout, TrafficPhase phase, string reason, RolloutEvidence evidence, CancellationToken cancellation) => records.AppendAsync(
        rollout,
        new(phase, rollout.Step, rollout.Share, reason, rollout.Verdict, evidence.Bad, evidence.Shadow, rollout.SlowMicroseconds, time.GetUtcNow()),
        cancellation);

    /// <summary>Until the next tick: sooner while a rollout runs, and at once when an attempt on its candidate was bad.</summary>
    public Task WaitAsync(TrafficState? state, CancellationToken cancellation) =>
        signal.WaitAsync(RunningRollout.Of(state) is null ? options.PollInterval : _interval, time, cancellation);
}
