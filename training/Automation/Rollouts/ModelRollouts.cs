using Slipway.Automation.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Rollouts;

/// <summary>Rolls versions of models out: the idle color serves them first, and the gateway moves the model's requests there, as long as they do well.</summary>
/// <param name="plan">The plan of every rollout in the environment, but for what is rolled out; null if traffic moves at once there.</param>
/// <param name="capacity">Null where both colors always have as many servers.</param>
public sealed class ModelRollouts(IObjectStore store, DesiredTrafficStore traffic, RolloutPlan? plan, TimeProvider time, IRolloutCapacity? capacity = null)
{
    private readonly ModelChannels _channels = new(store, time);
    private readonly LiveServers _servers = new(store);

    /// <summary>The color that serves a new version first; null if both do at once, because there is nothing to compare it with.</summary>
    /// <exception cref="RolloutPostponedException">Another rollout is running or not complete, or the color that would serve it runs a release that was taken back.</exception>
    public async Task<Color?> CandidateAsync(string model, string digest, CancellationToken cancellation)
    {
        if (plan is null || await traffic.StateAsync(cancellation) is not { } state)
            return null;
        if (await traffic.RunningAsync(cancellation) is { } running)
            return running.Plan.Model == model && running.Plan.Digest == digest ? running.Candidate : throw new RolloutRunningException(running);
        await RequireCompleteAsync(state, model, cancellation);
        var seen = await _channels.SnapshotAsync(model, cancellation);
        if (!Colors.All.All(seen.Pointers.ContainsKey))
            return null;
        await RequireGoodReleaseAsync(state, cancellation);
        return state.Live.Other();
    }

    // the next rollout would make the gateway forget this one, and leave a version half published
    private async Task RequireCompleteAsync(TrafficState state, string model, CancellationToken cancellation)
    {
        if (state.Rollout is not { Plan: { Model: { } other, Version: not null } before })
            return;
        var which = $"Rollout {before.Id} of {RolloutDescription.Subject(before)}";
        if (state.Phase == TrafficPhase.Halted && other != model)
            throw new RolloutPostponedException(
                $"{which} was halted, and nothing else is rolled out until somebody has decided about it: "
                + "./build.sh --target=Promote completes it, ./build.sh --target=Rollback takes it back.");
        if (CompletionPolicy.IsOpen(state, await traffic.ReadAsync(cancellation), await _channels.SnapshotAsync(other, cancellation)))
            throw new RolloutPostponedException($"{which} has ended, and its channels have not been moved yet. Nothing else is rolled out until they are.");
    }

    // the version would be blamed for what its release does wrong
    private async Task RequireGoodReleaseAsync(TrafficState state, CancellationToken cancellation)
    {
        if (state is not { Phase: TrafficPhase.RolledBack or TrafficPhase.Halted, Rollout: { Plan: { Model: null } bad } })
            return;
        foreach (var server in await _servers.ReadAsync(cancellation))
            if (server.Color != state.Live && server.Release == bad.Digest)
                throw new RolloutPostponedException(
                    $"No version can be rolled out now: {server.Color.Word()}, which would serve it first, runs {RolloutDescription.Subject(bad)}, and rollout {bad.Id} of that ended without a promotion. Deploy another release first: ./build.sh --target=Deploy");
    }

    /// <summary>Requests that the gateway rolls a version out, which the candidate's channel points to. Safe to repeat.</summary>
    /// <exception cref="RolloutRunningException">Another rollout is running.</exception>
    public async Task BeginAsync(ModelManifest version, Color candidate, string by, CancellationToken cancellation)
    {
        var seen = await _channels.SnapshotAsync(version.Model, cancellation);
        if (plan is null || seen.Last is not { Action: HistoryAction.Publish } last || last.To != version.Version || !last.Channels.SequenceEqual([candidate]))
            return; // somebody has moved the channels since
        if (await traffic.RunningAsync(cancellation) is { } running && (running.Plan.Model != version.Model || running.Plan.Digest != version.Artifact.OnnxSha256))
            throw new RolloutRunningException(running);

        var servers = capacity is null ? plan.Servers : await capacity.HoldAsync(candidate, cancellation);
        await traffic.RequestAsync(
            candidate, TrafficAction.Deploy, release: null, by, $"Rollout of '{version.Model}' version {version.Version}.", cancellation,
            plan with { Servers = servers, Model = version.Model, Version = version.Version, Digest = version.Artifact.OnnxSha256, Disagreement = version.Metrics.Disagreement });
    }
}
