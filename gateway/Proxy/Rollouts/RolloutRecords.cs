using Slipway.Gateway.Options;
using Slipway.Registry;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Rollouts;

/// <summary>The evidence of rollouts in the store, which stays when they have ended. Each event is there before the state that it leads to.</summary>
public sealed partial class RolloutRecords(IObjectStore store, GatewayOptions options, ILogger<RolloutRecords> logger)
{
    /// <summary>
    /// Appends an event. One with the same phase, step and share can only be left from a gateway that did not get to commit its state: it is replaced.
    /// </summary>
    /// <exception cref="SlipwayException">Another gateway has written meanwhile.</exception>
    public async Task AppendAsync(RolloutState rollout, RolloutEvent happened, CancellationToken cancellation)
    {
        var key = StoreKeys.Rollout(options.Gateway, rollout.Plan.Id);
        var (before, condition) = await ReadAsync(key, rollout.Plan, cancellation);
        var record = new RolloutRecord(options.Gateway, rollout.Plan, rollout.Candidate, With(before, happened));
        if (await store.WriteAsync(key, record, RegistryJson.Default.RolloutRecord, condition, cancellation) is null)
            throw new SlipwayException($"Another gateway has written '{key}'; the next tick decides again.");
    }

    public static IReadOnlyList<RolloutEvent> With(IReadOnlyList<RolloutEvent> events, RolloutEvent happened) =>
        [.. events.Where(earlier => (earlier.Phase, earlier.Step, earlier.Share) != (happened.Phase, happened.Step, happened.Share)), happened];

    private async Task<(IReadOnlyList<RolloutEvent> Events, PutCondition Condition)> ReadAsync(string key, RolloutPlan plan, CancellationToken cancellation)
    {
        try
        {
            var found = await store.ReadAsync(key, RegistryJson.Default.RolloutRecord, cancellation);
            return (found?.Value.Plan.Id == plan.Id ? found.Value.Events : [], PutCondition.Since(found?.ETag));
        }
        catch (UnreadableObjectException e)
        {
            // evidence that is damaged must not keep a bad candidate in traffic
            RecordUnreadable(key, e.Message);
            return ([], PutCondition.None);
        }
    }

    [LoggerMessage(LogLevel.Error, "Record {Key} is unreadable and begins again: {Problem}")]
    private partial void RecordUnreadable(string key, string problem);
}
