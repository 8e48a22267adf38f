using Slipway.Automation.Rollbacks;
using Slipway.Automation.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Rollouts;

/// <summary>
/// The end of the rollout of a model's version: the other color's channel follows a promotion; after a rollback the candidate's channel goes back, and the
/// version is blocked. Whoever sees that a rollout has ended may call it, at any time and again: what was done, or undone by somebody since, is left alone.
/// </summary>
/// <param name="signatures">How servers verify a version's signature.</param>
/// <param name="notice">Receives problems that occurred although the channels were moved.</param>
/// <param name="signer">Signs the history entries; null for people without a key.</param>
public sealed class RolloutCompletion(
    IObjectStore store, DesiredTrafficStore traffic, SignaturePolicy signatures, TimeProvider time, Action<string>? notice = null, IManifestSigner? signer = null)
{
    private readonly ModelChannels _channels = new(store, time, notice, signer);
    private readonly ModelRollback _rollback = new(store, signatures, time, notice, signer);

    /// <summary>Whether there is anything to do.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellation) =>
        await traffic.StateAsync(cancellation) is { Rollout: { Plan: { Model: { } model, Version: not null } } } state
        && CompletionPolicy.IsOpen(state, await traffic.ReadAsync(cancellation), await _channels.SnapshotAsync(model, cancellation));

    /// <param name="serving">Waits until the servers serve a version, so that requests do not return to the one before; null where nobody can wait.</param>
    /// <returns>What was done, as a sentence; null if there was nothing to do.</returns>
    public async Task<string?> CompleteAsync(Func<string, int, CancellationToken, Task>? serving, CancellationToken cancellation)
    {
        if (!await IsOpenAsync(cancellation) || await traffic.StateAsync(cancellation) is not { Rollout: { Plan: { Model: not null, Version: not null } } rollout } state)
            return null;
        try
        {
            return state.Phase switch
            {
                TrafficPhase.Promoted => await FollowAsync(rollout, state, serving, cancellation),
                TrafficPhase.RolledBack => await BlockAsync(rollout.Plan, rollout.Candidate, CompletionPolicy.NameOf(rollout.Plan), CompletionPolicy.OneLine(state.Reason), cancellation),
                _ => null,
            };
        }
        catch (ChampionChangedException)
        {
            // somebody has moved the channels at this moment, and that stands
            return null;
        }
    }

    /// <summary>Rolls the candidate's channel back and blocks the version, unless its channels have been moved since it was rolled out.</summary>
    /// <returns>What was done, as a sentence; null if there was nothing to do.</returns>
    /// <exception cref="ChampionChangedException">Somebody moves the channels at this moment.</exception>
    public async Task<string?> BlockAsync(RolloutPlan plan, Color candidate, string by, string reason, CancellationToken cancellation)
    {
        var (model, version) = (plan.Model!, plan.Version!.Value);
        var seen = await _channels.SnapshotAsync(model, cancellation);
        if (!CompletionPolicy.IsToBlock(seen, version, candidate, by, reason))
            return null;
        if (seen.Pointers.GetValueOrDefault(candidate.Other())?.Version is not { } stable)
            return null;

        var entry = await _rollback.MoveAsync(model, stable, by, reason, cancellation, plan.Digest, seen.Head);
        return entry is null ? null : $"'{model}' is back on version {stable}. Version {version} is blocked: automation will not publish it again.";
    }

    private async Task<string?> FollowAsync(
        RolloutState rollout, TrafficState state, Func<string, int, CancellationToken, Task>? serving, CancellationToken cancellation)
    {
        var (model, version) = (rollout.Plan.Model!, rollout.Plan.Version!.Value);
        var seen = await _channels.SnapshotAsync(model, cancellation);
        if (!CompletionPolicy.IsUntouched(seen, version))
            return null;
        if (seen.Pointers.GetValueOrDefault(rollout.Stable)?.Version != version)
            await _channels.MoveAsync(
                new(model, version, HistoryAction.Publish, [rollout.Stable], CompletionPolicy.NameOf(rollout.Plan), CompletionPolicy.OneLine(state.Reason), Expected: seen.Head), cancellation);
        if (serving is not null)
            await serving(model, version, cancellation);
        return await traffic.CloseAsync(rollout.Plan.Id, state.Live, cancellation) is null ? null : $"Both colors serve '{model}' version {version}.";
    }
}
