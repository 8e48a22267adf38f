using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>
/// A training job ended: verify its artifact, let the gates decide, register the version, publish it. Safe to repeat: a job that
/// already has an outcome moves nothing.
/// </summary>
/// <param name="signer">Signs the manifest of what passed.</param>
/// <param name="notice">Hears of what went wrong without changing how the job ended.</param>
public sealed class TrainingFinished(IObjectStore store, IManifestSigner signer, TimeProvider time, Action<string>? notice = null)
{
    private readonly TrainingJobs _jobs = new(store);
    private readonly TrainingReports _reports = new(store);
    private readonly ModelVersions _versions = new(store);

    public async Task<TrainingOutcome> HandleAsync(string job, TrainingEnd end, string by, CancellationToken cancellation)
    {
        var outcome = await FinishAsync(job, end, by, cancellation);
        if (await _reports.EnsureAsync(outcome, cancellation) is { } problem)
            notice?.Invoke(problem);
        return outcome;
    }

    private async Task<TrainingOutcome> FinishAsync(string job, TrainingEnd end, string by, CancellationToken cancellation)
    {
        if (await _jobs.OutcomeAsync(job, cancellation) is { } known)
            return known;

        var lineage = await _jobs.LineageAsync(job, cancellation);
        if (end.Kind != TrainingEndKind.Completed)
            return await EndAsync(
                job, end.Kind == TrainingEndKind.Failed ? TrainingResult.Failed : TrainingResult.Stopped, end.Reason, cancellation);

        try
        {
            return await DecideAsync(lineage, by, cancellation);
        }
        catch (InvalidArtifactException e)
        {
            return await EndAsync(job, TrainingResult.Failed, e.Message, cancellation);
        }
    }

    private async Task<TrainingOutcome> DecideAsync(Lineage lineage, string by, CancellationToken cancellation)
    {
        var job = lineage.TrainingJob;
        // The manifest may have been written by a handler that died before it recorded the outcome.
        var manifest = await _versions.FindByTrainingJobAsync(lineage.Model, job, cancellation);
        if (manifest is null)
        {
            var candidate = await CandidateArtifact.OpenAsync(store, lineage, cancellation);
            var champion = await new Champions(store, time).FindAsync(lineage.Model, cancellation);
            if (champion != lineage.Parent)
                return await EndAsync(
                    job, TrainingResult.Stopped,
                    $"The champion changed from {Name(lineage.Parent)} to {Name(champion)} while the job ran; it has to be compared again.",
                    cancellation);

            if (await IsBlockedAsync(lineage.Model, candidate.Artifact, cancellation))
                return await EndAsync(
                    job, TrainingResult.Refused,
                    "These inputs give a model, byte for byte, that was rolled back before. It is not published again by itself.", cancellation);

            var gates = await JudgeAsync(candidate, champion, cancellation);
            if (!gates.Passed)
                return await EndAsync(
                    job, TrainingResult.Refused, Refusal(gates.Verdicts.Count(verdict => !verdict.Passed)), cancellation, gates: gates);

            manifest = await RegisterAsync(candidate, gates, cancellation);
        }

        if (await IsNewestAsync(manifest, cancellation))
            await PublishAsync(manifest, by, cancellation);
        return await EndAsync(
            job, TrainingResult.Registered, "All gates passed.", cancellation, manifest.Version, manifest.Gates);
    }

    // Between a handler that died and the one that completes its work, others may have published a newer version or rolled this one back.
    private async Task<bool> IsNewestAsync(ModelManifest manifest, CancellationToken cancellation) =>
        !(await new Champions(store, time).FindAsync(manifest.Model, cancellation) > manifest.Version)
        && !await IsBlockedAsync(manifest.Model, manifest.Artifact, cancellation);

    private Task<bool> IsBlockedAsync(string model, ArtifactReference artifact, CancellationToken cancellation) =>
        new ModelChannels(store, time).IsBlockedAsync(model, artifact.OnnxSha256, cancellation);

    private async Task<GateReport> JudgeAsync(CandidateArtifact candidate, int? championVersion, CancellationToken cancellation)
    {
        var champion = championVersion is { } version
            ? await _versions.GetAsync(candidate.Lineage.Model, version, cancellation)
            : null;
        return GatePolicy.Evaluate(
            candidate.Spec.Gates, candidate.Metrics, candidate.Schema,
            champion is null ? null : new(champion.Version, champion.Schema, champion.Metrics));
    }

    private async Task<ModelManifest> RegisterAsync(CandidateArtifact candidate, GateReport gates, CancellationToken cancellation)
    {
        var lineage = candidate.Lineage with { FinishedAt = time.GetUtcNow() };
        await store.SetTagsAsync(candidate.Artifact.Key, LineageTags.Of(lineage, candidate.Metrics), cancellation);
        return await _versions.RegisterAsync(
            lineage.Model,
            version => new(
                lineage.Model, version, candidate.Artifact, candidate.Schema, candidate.Metrics, gates, lineage, time.GetUtcNow()),
            signer, cancellation);
    }

    private Task<HistoryEntry> PublishAsync(ModelManifest manifest, string by, CancellationToken cancellation) =>
        new ModelChannels(store, time).MoveAsync(
            new(manifest.Model, manifest.Version, HistoryAction.Publish, Colors.All, by, $"Training job {manifest.Lineage.TrainingJob} passed its gates."),
            cancellation);

    private Task<TrainingOutcome> EndAsync(
        string job, TrainingResult result, string reason, CancellationToken cancellation, int? version = null, GateReport? gates = null) =>
        _jobs.EndAsync(new(job, result, reason, version, gates, time.GetUtcNow()), cancellation);

    private static string Refusal(int failed) => failed == 1 ? "One gate said no." : $"{failed} gates said no.";

    private static string Name(int? version) => version is { } number ? $"version {number}" : "none";
}
