using Slipway.Gateway.Options;
using Slipway.Gateway.Probes;
using Slipway.Gateway.Shadows;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Rollouts;

/// <summary>
/// The observations of all gateway processes: this one's is written when it has changed, and the others are read when they have. Those of processes
/// that have died count on. Not safe for concurrent use: one loop owns it.
/// </summary>
public sealed partial class ObservationStore(
    IObjectStore store, RolloutCounter counter, IShadows shadows, IGoldenProbes probes, TrafficRecords records, GatewayOptions options, ILogger<ObservationStore> logger)
{
    private readonly string _ownKey = StoreKeys.Observation(options.Gateway, records.Holder);
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private RolloutObservation? _own;
    private string? _ownETag;
    private long _sequence;

    /// <param name="Good">The last content that counted; null if none did.</param>
    private sealed record Seen(string ETag, RolloutObservation? Good);

    /// <summary>Writes what this process has counted, if that is more than at the last time.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        if (Counted() is not { } now || (_ownETag is not null && _own is not null && IsSame(now, _own)))
            return;
        now = now with { Sequence = ++_sequence };
        _ownETag = await store.WriteAsync(_ownKey, now, RegistryJson.Default.RolloutObservation, PutCondition.None, cancellation);
        _own = now;
    }

    /// <summary>
    /// Reads and adds up what all processes have counted of a rollout and written, this one included: whatever a decision rests on is still there if
    /// this process dies the moment after.
    /// </summary>
    /// <param name="mayRemove">Whether to remove the observations of rollouts that ended before this one began, as the lease holder does.</param>
    public async Task<RolloutEvidence> ReadAsync(string rollout, bool mayRemove, CancellationToken cancellation)
    {
        var found = new List<ObjectInfo>();
        await foreach (var info in store.ListAsync(StoreKeys.Observations(options.Gateway), cancellation))
        {
            if (info.Key != _ownKey && found.Count < ObservationPolicy.MaxProcesses)
                found.Add(info);
            else if (info.Key == _ownKey && info.ETag != _ownETag)
                _ownETag = null;
        }
        foreach (var key in _seen.Keys.Except(found.Select(info => info.Key)).ToList())
            _seen.Remove(key);
        foreach (var info in found.Where(info => _seen.GetValueOrDefault(info.Key)?.ETag != info.ETag))
            await ReadAsync(info, rollout, mayRemove, cancellation);

        var others = _seen.Values.Select(seen => seen.Good).Where(observation => observation?.Rollout == rollout);
        var own = _own?.Rollout == rollout ? _own : null;
        return others.Append(own).OfType<RolloutObservation>().Aggregate(RolloutEvidence.None, (sum, observation) => sum.Plus(RolloutEvidence.Of(observation)));
    }

    private async Task ReadAsync(ObjectInfo info, string rollout, bool mayRemove, CancellationToken cancellation)
    {
        var before = _seen.GetValueOrDefault(info.Key)?.Good;
        var (observation, problem) = await TryReadAsync(info, cancellation);
        problem ??= observation is null ? null : ObservationPolicy.Problem(observation, rollout, HolderOf(info.Key), before);
        // one that cannot be read does not undo what was read before
        _seen[info.Key] = new(info.ETag, problem is null ? observation : before);
        if (problem is null)
            return;
        if (mayRemove && observation is not null && ObservationPolicy.IsEarlier(observation.Rollout, than: rollout))
        {
            await store.DeleteAsync(info.Key, cancellation);
            ObservationRemoved(info.Key, problem);
        }
        else
        {
            ObservationIgnored(info.Key, problem);
        }
    }

    private async Task<(RolloutObservation? Observation, string? Problem)> TryReadAsync(ObjectInfo info, CancellationToken cancellation)
    {
        if (info.Length > ObservationPolicy.MaxBytes)
            return (null, $"it has {info.Length} bytes, and may have {ObservationPolicy.MaxBytes}");
        try
        {
            return ((await store.ReadAsync(info.Key, RegistryJson.Default.RolloutObservation, cancellation))?.Value, null);
        }
        catch (SlipwayException e)
        {
            return (null, e.Message);
        }
    }

    private RolloutObservation? Counted() => counter.Snapshot() is not { } tally ? null : new(
        tally.Rollout, records.Holder, _sequence, tally.Counts(), shadows.Counts(tally.Rollout), tally.CandidateLatencies(), tally.StableLatencies(), tally.Bad.Last(),
        shadows.Samples(tally.Rollout), probes.Counts(tally.Rollout));

    /// <summary>Totals only grow, so equal sums are equal counts.</summary>
    private static bool IsSame(RolloutObservation one, RolloutObservation other) =>
        one.Rollout == other.Rollout && one.Shadow == other.Shadow && one.Probes == other.Probes
        && one.Counts.CandidateRequests == other.Counts.CandidateRequests && one.Counts.StableRequests == other.Counts.StableRequests;

    private string HolderOf(string key) => key[StoreKeys.Observations(options.Gateway).Length..^".json".Length];

    [LoggerMessage(LogLevel.Warning, "Observation {Key} does not count: {Problem}")]
    private partial void ObservationIgnored(string key, string problem);

    [LoggerMessage(LogLevel.Information, "Observation {Key} removed: {Problem}")]
    private partial void ObservationRemoved(string key, string problem);
}
