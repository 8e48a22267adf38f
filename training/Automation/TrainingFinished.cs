using Slipway.Automation.Jobs;
using Slipway.Automation.Reports;
using Slipway.Automation.Rollouts;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Gates;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation;

/// <summary>
/// A training job ended: verify its artifact, let the gates decide, register the version, publish it. Safe to repeat: a job that
/// already has an outcome moves nothing.
/// </summary>
/// <param name="signer">Signs the manifest of what passed, and the entry of the history that publishes it.</param>
/// <param name="notice">Hears of what went wrong without changing how the job ended.</param>
/// <param name="verifier">What ran the job, where that is somebody else than whoever asks; null where the job ran here.</param>
/// <param name="rollouts">How a model with <c>"delivery": "rollout"</c> gets its requests; null where both channels move at once.</param>
public sealed class TrainingFinished(
    IObjectStore store, IManifestSigner signer, TimeProvider time, Action<string>? notice = null, IJobVerifier? verifier = null, ModelRollouts? rollouts = null)
    : ITrainingFinished
{
    private readonly TrainingJobs _jobs = new(store);
    private readonly TrainingReports _reports = new(store);
    private readonly ModelVersions _versions = new(store);
    private readonly ModelChannels _channels = new(store, time, notice, signer);
    private readonly ModelHistory _history = new(store);

    public async Task<TrainingOutcome> HandleAsync(string job, TrainingEnd end, string by, CancellationToken cancellation)
    {
        CandidateArtifact? candidate = null;
        var outcome = await FinishAsync(job, end, by, opened => candidate = opened, cancellation);
        if (await _reports.EnsureAsync(outcome, cancellation, candidate is null ? null : TrainingRecord.Of(candidate, outcome)) is { } problem)
            notice?.Invoke(problem);
        return outcome;
    }

    /// <param name="opened">Called with the candidate if it was unpacked, so that a report need not unpack it again.</param>
    private async Task<TrainingOutcome> FinishAsync(
        string job, TrainingEnd end, string by, Action<CandidateArtifact> opened, CancellationToken cancellation)
    {
        if (await _jobs.OutcomeAsync(job, cancellation) is { } known)
            return known;

        var lineage = await _jobs.LineageAsync(job, cancellation);
        if (end.Cost is { } cost)
            lineage = lineage with { Cost = cost };
        if (end.Kind != TrainingEndKind.Completed)
            return await EndAsync(
                lineage, end.Kind == TrainingEndKind.Failed ? TrainingResult.Failed : TrainingResult.Stopped, end.Reason, cancellation);

        try
        {
            return await DecideAsync(lineage, by, opened, cancellation);
        }
        catch (InvalidArtifactException e)
        {
            return await EndAsync(lineage, TrainingResult.Failed, e.Message, cancellation);
        }
    }

    private async Task<TrainingOutcome> DecideAsync(Lineage lineage, string by, Action<CandidateArtifact> opened, CancellationToken cancellation)
    {
        // first of all: any move after this point is detected when the version is published
        var seen = await _channels.SnapshotAsync(lineage.Model, cancellation);
        // The manifest may have been written by a handler that crashed before it recorded the outcome.
        var manifest = await _versions.FindByTrainingJobAsync(lineage, cancellation);
        var candidateColor = manifest is null ? null : await CandidateColorAsync(manifest, cancellation);
        if (manifest is null)
        {
            if (verifier is not null && await verifier.VerifyAsync(lineage, cancellation) is { } contradiction)
                return await EndAsync(lineage, TrainingResult.Failed, contradiction, cancellation);

            var candidate = await CandidateArtifact.OpenAsync(store, lineage, cancellation);
            opened(candidate);
            if (seen.Champion != lineage.Parent)
                return await EndChangedAsync(lineage, seen, "while the job ran", cancellation);

            if (seen.Blocks(candidate.Artifact.OnnxSha256))
                return await EndAsync(
                    lineage, TrainingResult.Refused,
                    "These inputs reproduce a model, byte for byte, that was rolled back before. It is not published again automatically.", cancellation);

            var gates = await EvaluateAsync(candidate, seen.Champion, cancellation);
            if (!gates.Passed)
                return await EndAsync(
                    lineage, TrainingResult.Refused, Refusal(gates.Verdicts.Count(verdict => !verdict.Passed)), cancellation, gates: gates);

            // while another rollout runs, nothing is registered: the next attempt on these inputs continues here
            candidateColor = await CandidateColorAsync(candidate.Spec, lineage.Model, candidate.Artifact.OnnxSha256, cancellation);
            manifest = await RegisterAsync(candidate, gates, seen.Head, cancellation);
        }

        if (await PublishAsync(manifest, candidateColor, seen, by, cancellation) is { } changed)
            return await EndChangedAsync(lineage, changed, $"after it was registered as version {manifest.Version} and before that was published", cancellation);
        if (candidateColor is { } color)
            await rollouts!.BeginAsync(manifest, color, by, cancellation);
        return await EndAsync(lineage, TrainingResult.Registered, "All gates passed.", cancellation, manifest.Version, manifest.Gates);
    }

    private async Task<Color?> CandidateColorAsync(ModelManifest manifest, CancellationToken cancellation) => rollouts is null ? null
        : await CandidateColorAsync(
            (await CandidateArtifact.OpenAsync(store, manifest.Lineage, cancellation)).Spec, manifest.Model, manifest.Artifact.OnnxSha256, cancellation);

    private async Task<Color?> CandidateColorAsync(ModelSpec spec, string model, string digest, CancellationToken cancellation) =>
        rollouts is null || spec.Delivery != Delivery.Rollout ? null : await rollouts.CandidateAsync(model, digest, cancellation);

    /// <returns>Where the channels are, when somebody moved them since the gates judged and the version was never published; null when it was.</returns>
    private async Task<ChannelSnapshot?> PublishAsync(ModelManifest manifest, Color? candidate, ChannelSnapshot seen, string by, CancellationToken cancellation)
    {
        try
        {
            await _channels.MoveAsync(
                new(manifest.Model, manifest.Version, HistoryAction.Publish, candidate is { } color ? [color] : Colors.All, by, Reason(manifest.Lineage),
                    Expected: manifest.After ?? Assumed(manifest, seen)), cancellation);
            return null;
        }
        catch (ChampionChangedException e)
        {
            // After a handler crashed, and before another one completes its work, newer versions may have been published, or this one rolled back.
            return await WasPublishedAsync(manifest, cancellation) ? null : e.Seen;
        }
    }

    private static string Reason(Lineage lineage) =>
        $"Training job {lineage.TrainingJob} passed its gates.{(lineage.Cause is { } cause ? $" It was started because {cause.Sentence}." : "")}";

    // Manifests of earlier releases do not record which champion was current: it is the one with which the job started.
    private static HistoryHead Assumed(ModelManifest manifest, ChannelSnapshot seen) =>
        seen.Champion == manifest.Lineage.Parent ? seen.Head : HistoryHead.None;

    private ValueTask<bool> WasPublishedAsync(ModelManifest manifest, CancellationToken cancellation) => _history
        .ReadAsync(manifest.Model, manifest.After?.Number ?? 0, cancellation)
        .AnyAsync(entry => entry.Action == HistoryAction.Publish && entry.To == manifest.Version, cancellation);

    private async Task<GateReport> EvaluateAsync(CandidateArtifact candidate, int? championVersion, CancellationToken cancellation)
    {
        var champion = championVersion is { } version
            ? await _versions.GetAsync(candidate.Lineage.Model, version, cancellation)
            : null;
        return GatePolicy.Evaluate(
            candidate.Spec.Gates, candidate.Metrics, candidate.Schema,
            champion is null ? null : new(champion.Version, champion.Schema, champion.Metrics));
    }

    private async Task<ModelManifest> RegisterAsync(CandidateArtifact candidate, GateReport gates, HistoryHead after, CancellationToken cancellation)
    {
        var lineage = candidate.Lineage with { FinishedAt = time.GetUtcNow() };
        await store.SetTagsAsync(candidate.Artifact.Key, LineageTags.Of(lineage, candidate.Metrics), cancellation);
        return await _versions.RegisterAsync(
            lineage.Model,
            version => new(
                lineage.Model, version, candidate.Artifact, candidate.Schema, candidate.Metrics, gates, lineage, time.GetUtcNow(), after),
            signer, cancellation);
    }

    private Task<TrainingOutcome> EndChangedAsync(Lineage lineage, ChannelSnapshot seen, string when, CancellationToken cancellation) => EndAsync(
        lineage, TrainingResult.Stopped,
        $"The champion changed from {Name(lineage.Parent)} to {Name(seen.Champion)} {when}; it has to be compared again.", cancellation);

    private Task<TrainingOutcome> EndAsync(
        Lineage lineage, TrainingResult result, string reason, CancellationToken cancellation, int? version = null, GateReport? gates = null) =>
        _jobs.EndAsync(new(lineage.TrainingJob, result, reason, version, gates, time.GetUtcNow(), lineage.Cost), cancellation);

    private static string Refusal(int failed) => failed == 1 ? "One gate failed." : $"{failed} gates failed.";

    private static string Name(int? version) => version is { } number ? $"version {number}" : "none";
}
