using Slipway.Automation.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Traffic;

/// <summary>Requests traffic from a gateway: writes <c>desired.json</c> by compare-and-swap.</summary>
public sealed class DesiredTrafficStore(IObjectStore store, string gateway, TimeProvider time)
{
    private readonly string _key = StoreKeys.DesiredTraffic(gateway);
    private readonly ChannelCatalogs _catalogs = new(store);

    public async Task<DesiredTraffic?> ReadAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(_key, RegistryJson.Default.DesiredTraffic, cancellation))?.Value;

    /// <summary>The same, with the time at which the store received it.</summary>
    public async Task<StoredTraffic?> LastAsync(CancellationToken cancellation)
    {
        if (await store.GetAsync(_key, cancellation: cancellation) is not { } found)
            return null;
        await using (found)
            return new(await StoreJson.DeserializeAsync(found, RegistryJson.Default.DesiredTraffic, cancellation), found.Info.LastModified);
    }

    public async Task<TrafficState?> StateAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.TrafficState(gateway), RegistryJson.Default.TrafficState, cancellation))?.Value;

    /// <summary>The color that traffic is on, or blue if there is no traffic yet.</summary>
    public async Task<Color> LiveAsync(CancellationToken cancellation) => (await StateAsync(cancellation))?.Live ?? Color.Blue;

    /// <summary>The rollout that was requested last, if no gateway has ended it yet.</summary>
    public async Task<RolloutInProgress?> RunningAsync(CancellationToken cancellation) =>
        // the request first: a gateway that ends it in between is seen to have done so
        await ReadAsync(cancellation) is { } desired ? RolloutInProgress.Of(desired, await StateAsync(cancellation)) : null;

    /// <summary>The evidence of a rollout; null if there is none.</summary>
    public async Task<RolloutRecord?> RolloutAsync(string id, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.Rollout(gateway, id), RegistryJson.Default.RolloutRecord, cancellation))?.Value;

    /// <summary>The ids of all rollouts, the last one first.</summary>
    public async Task<IReadOnlyList<string>> RolloutsAsync(CancellationToken cancellation)
    {
        var ids = new List<string>();
        await foreach (var key in store.ListKeysAsync(StoreKeys.Rollouts(gateway), null, cancellation))
            if (key.EndsWith(".json", StringComparison.Ordinal))
                ids.Add(key[StoreKeys.Rollouts(gateway).Length..^".json".Length]);
        return [.. ids.OrderByDescending(id => id.Length).ThenByDescending(id => id, StringComparer.Ordinal)];
    }

    /// <summary>Requests traffic, unless exactly this has already been requested.</summary>
    /// <param name="plan">The steps in which it moves, without their id; null to move it at once.</param>
    /// <param name="again">Requests a rollout again that has ended without a promotion.</param>
    /// <exception cref="RolloutRunningException">Something else is being rolled out, and this does not roll back.</exception>
    public async Task<RequestedTraffic> RequestAsync(
        Color color, TrafficAction action, string? release, string by, string reason, CancellationToken cancellation, RolloutPlan? plan = null, bool again = false)
    {
        while (true)
        {
            var (last, state) = await SnapshotAsync(cancellation);
            var running = RolloutInProgress.Of(last?.Value, state);
            // a record that traffic has moved past was restored from somewhere, and no gateway reads it any more
            if (last is { Value: var asked } && asked.Color == color && asked.Release == release && DigestOfModel(asked.Plan) == DigestOfModel(plan)
                && asked.Revision >= (state?.Revision ?? 0) && (running is not null || !again))
                return new(asked, IsNew: false);
            if (running is not null && action != TrafficAction.Rollback)
                throw new RolloutRunningException(running);

            var desired = await NextAsync(last?.Value, state, color, action, release, by, reason, cancellation);
            if (plan is not null)
                desired = desired with { Plan = plan with { Id = $"r{desired.Revision}" } };
            // whatever becomes of a model's version, the last move of all traffic can still be rolled back
            if (plan?.Model is not null || (action == TrafficAction.Rollback && last?.Value.Plan?.Model is not null))
                desired = desired with { Before = WithoutModel(last?.Value) };
            if (await WriteAsync(last, desired, cancellation))
                return new(desired, IsNew: true);
        }
    }

    /// <summary>Requests that a rollout completes without waiting for its verdict, or that it enters its next step.</summary>
    /// <param name="expected">The rollout, as it was when this was decided.</param>
    /// <param name="step">The index of the step that is approved; null to complete the rollout.</param>
    /// <exception cref="SlipwayException">It is no longer the last that was requested.</exception>
    public async Task<DesiredTraffic> PromoteAsync(DesiredTraffic expected, int? step, string by, string reason, CancellationToken cancellation)
    {
        while (true)
        {
            var (last, state) = await SnapshotAsync(cancellation);
            if (last?.Value.Plan?.Id != expected.Plan!.Id)
                throw new SlipwayException($"Rollout {expected.Plan.Id} is not the last one any more, so nothing was changed: revision {last?.Value.Revision} by {last?.Value.By} came in between.");
            if (step is null ? last.Value.Action == TrafficAction.Promote : last.Value.ApprovedStep >= step)
                return last.Value;

            var next = await NextAsync(last.Value, state, expected.Color, step is null ? TrafficAction.Promote : last.Value.Action, expected.Release, by, reason, cancellation);
            var desired = next with { Plan = expected.Plan, ApprovedStep = step ?? last.Value.ApprovedStep, Before = expected.Before, From = expected.From, Histories = expected.Histories };
            if (await WriteAsync(last, desired, cancellation))
                return desired;
        }
    }

    /// <summary>Requests the traffic again that had been requested before the rollout of a model's version, now that both colors serve that version.</summary>
    /// <returns>Null if something else has been requested since.</returns>
    public async Task<DesiredTraffic?> CloseAsync(string rollout, Color live, CancellationToken cancellation)
    {
        while (true)
        {
            var (last, state) = await SnapshotAsync(cancellation);
            if (last?.Value.Plan?.Id != rollout)
                return null;

            var revision = Math.Max(last.Value.Revision, state?.Revision ?? 0) + 1;
            var reason = $"Rollout {rollout} has ended: both colors serve {RolloutDescription.Subject(last.Value.Plan)}.";
            var desired = last.Value.Before is { } before && before.Color == live
                ? before with { Revision = revision, Plan = null, ApprovedStep = null, Reason = reason }
                : new(revision, live, TrafficAction.Deploy, Release: null, last.Value.By, reason, time.GetUtcNow(), From: live, last.Value.Histories);
            if (await WriteAsync(last, desired, cancellation))
                return desired;
        }
    }

    /// <summary>The request that moved all traffic last: a model's version moves only its own.</summary>
    public static DesiredTraffic? WithoutModel(DesiredTraffic? desired) => desired?.Plan?.Model is null ? desired?.Before ?? desired : desired.Before;

    private static string? DigestOfModel(RolloutPlan? plan) => plan?.Model is null ? null : plan.Digest;

    private async Task<(Versioned<DesiredTraffic>? Last, TrafficState? State)> SnapshotAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(_key, RegistryJson.Default.DesiredTraffic, cancellation), await StateAsync(cancellation));

    private async Task<DesiredTraffic> NextAsync(
        DesiredTraffic? last, TrafficState? state, Color color, TrafficAction action, string? release, string by, string reason, CancellationToken cancellation)
    {
        if (reason.Any(char.IsControl))
            throw new SlipwayException("A reason must be one line without control characters.");
        // the gateway only reads revisions beyond its own; it knows its own even if this record was deleted
        return new(
            Math.Max(last?.Revision ?? 0, state?.Revision ?? 0) + 1, color, action, release, by, reason, time.GetUtcNow(),
            state?.Live, await HistoriesAsync(cancellation));
    }

    private async Task<bool> WriteAsync(Versioned<DesiredTraffic>? last, DesiredTraffic desired, CancellationToken cancellation) =>
        await store.WriteAsync(_key, desired, RegistryJson.Default.DesiredTraffic, PutCondition.Since(last?.ETag), cancellation) is not null;

    private async Task<IReadOnlyDictionary<string, int>> HistoriesAsync(CancellationToken cancellation)
    {
        var histories = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var color in Colors.All)
            foreach (var (model, channel) in (await _catalogs.BuildAsync(color, cancellation)).Models)
                histories[model] = Math.Max(channel.HistoryEntry, histories.GetValueOrDefault(model));
        return histories;
    }
}

/// <param name="StoredAt">By the store's clock.</param>
public sealed record StoredTraffic(DesiredTraffic Desired, DateTimeOffset StoredAt);

/// <param name="IsNew">False if it had been requested before.</param>
public sealed record RequestedTraffic(DesiredTraffic Desired, bool IsNew);
