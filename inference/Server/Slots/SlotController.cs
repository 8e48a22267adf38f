using Slipway.Inference.Bakes;
using Slipway.Inference.Generations;
using Slipway.Inference.Options;
using Slipway.Inference.Residency;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Slots;

/// <summary>
/// Keeps one slot on the version that its channel points to: read, decide, verify, swap. Nothing that goes wrong here
/// affects the version that is serving.
/// </summary>
public sealed partial class SlotController(
    ModelSlot slot, ModelSource source, ModelLoads loads, InferenceOptions options, TimeProvider time, ILogger logger)
{
    private readonly BackOff _quarantine = new(options.RetryAfter, options.RetryAtMost);
    private readonly BackOff _postponement = new(options.PollInterval, TimeSpan.FromSeconds(30));
    private readonly HashSet<int> _warned = [];
    private string? _etag;
    private TimeSpan _nextPoll;

    private TimeSpan Now => slot.Now;

    public async Task RunAsync(CancellationToken stop)
    {
        slot.WasPutBack = putBack => LogPutBack(slot.Model, putBack.Version, putBack.To, putBack.Reason);
        while (!stop.IsCancellationRequested)
        {
            await PollAsync(stop);
            slot.EndBake();
            if (SwapPolicy.Next(slot.State, Now) is { Step: SwapStep.Prove, Version: { } version })
                await ProveAsync(version, stop);
            if (slot.Demand.IsWanted)
                await MeetDemandAsync(stop);
            await source.PolledAsync(slot.Demand.Wanted, stop);
        }
    }

    // requests wait: the version that serves, or else the one before a bad one, is loaded without waiting for the next poll
    private async Task MeetDemandAsync(CancellationToken stop)
    {
        for (var loads = 0; loads < 2 && !slot.IsResident; loads++)
        {
            var isDelayed = Now < slot.State.Postponed?.RetryAt;
            // what delays the desired version need not concern the one that serves
            if (slot.State.Serving is { } serving && !(isDelayed && serving.Version == slot.State.Desired))
                await ProveAsync(serving.Version, stop);
            else if (SwapPolicy.Next(slot.State, Now) is { Step: SwapStep.Prove, Version: { } version })
                await ProveAsync(version, stop);
        }

        slot.Demand.Answer(slot.IsResident ? null : ModelCatalog.Describe(slot.State));
    }

    private async Task PollAsync(CancellationToken stop)
    {
        if (Now < _nextPoll)
            return;
        try
        {
            var read = await source.PointerAsync(slot.Model, _etag, stop);
            _etag = read.ETag;
            _nextPoll = TimeSpan.Zero;
            if (read.CatalogIsBehind)
                LogCatalogBehind(slot.Model);

            // a channel that disappeared unloads nothing: more often than a decision, it means that the store is being repaired
            if (read.Channel is { } pointer)
                slot.Update(state => SwapPolicy.Pointed(state, pointer.Version, pointer.Previous, pointer.Blocked));
            else if (slot.State.Desired is null && !slot.IsSettled)
                slot.Settle();
            if (slot.State.Phase == ServedModelState.Serving)
                slot.Refresh();
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Postpone(e);
            if (e is UnreadableObjectException && !slot.IsSettled)
                slot.Settle();
            _nextPoll = slot.State.Postponed?.RetryAt ?? TimeSpan.Zero;
        }
    }

    private async Task ProveAsync(int version, CancellationToken stop)
    {
        ModelManifest? manifest = null;
        try
        {
            var found = await source.ManifestAsync(slot.Model, version, stop)
                ?? throw new ModelRejectedException($"The channel points to version {version}, which has no manifest.");
            manifest = found.Manifest;
            if (found.SignatureWarning is { } signatureWarning && _warned.Add(version))
                LogNotProven(slot.Model, version, signatureWarning.Message);
            if (SwapPolicy.ActiveQuarantine(slot.State, manifest.Artifact.Sha256, Now) is { } held)
            {
                slot.Reject(state => SwapPolicy.Shared(state, version, held));
                return;
            }

            if (slot.TryReturn(manifest, found.SignatureWarning?.Message))
            {
                LogReturned(slot.Model, version);
                return;
            }

            // a version that nobody has asked for yet: the first request loads it, and one that cannot be loaded never answers
            if (options.LoadsLazily && slot.State.Serving is null && !slot.Demand.IsWanted)
            {
                loads.CheckManifest(manifest);
                slot.Offer(ServedVersion.Of(manifest, found.SignatureWarning?.Message));
                return;
            }

            var started = time.GetTimestamp();
            var replay = new Replay(slot, options.Bake, time);
            using var loaded = await loads.LoadAsync(slot, manifest, replay.Prove, stop);
            slot.Exchange(loaded.Generation, found.SignatureWarning?.Message, options.Bake);
            var elapsed = time.GetElapsedTime(started);
            LogSwapped(slot.Model, version, elapsed, replay.Requests);
            if (replay.Added.Length > 0)
                LogReplayedInPart(slot.Model, version, replay.Added);
        }
        catch (Exception e) when (e is ModelRejectedException or InvalidArtifactException or UnreadableObjectException or SignatureException)
        {
            // a missing signature says nothing about the archive: without a manifest, no bytes are quarantined with it
            slot.Reject(state => SwapPolicy.Rejected(
                slot.IsResident ? state : SwapPolicy.Lost(state, version), version, manifest?.Artifact.Sha256 ?? "", e.Message, Now, _quarantine));
            LogRejected(slot.Model, version, e.Message);
        }
        catch (MemoryShortageException e)
        {
            slot.Postpone(state => SwapPolicy.Delayed(state, e.Message, Now, _postponement, shortage: true));
            if (slot.State.Postponed is { Attempts: 1 })
                LogShortage(slot.Model, version, e.Message);
            if (!slot.IsSettled)
                slot.Settle(); // it may last, and does not concern the other models
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Postpone(e);
        }
    }

    private void Postpone(Exception e)
    {
        slot.Postpone(state => SwapPolicy.Delayed(state, e.Message, Now, _postponement));
        if (slot.State.Postponed is { Attempts: 1 } || e is not (SlipwayException or IOException or TimeoutException or UnauthorizedAccessException))
            LogPostponed(slot.Model, e.Message, e is SlipwayException or TimeoutException ? null : e);
    }
}
