using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>All that is known of a training job that ended: what its reports are made of.</summary>
/// <param name="Lineage">Completed by the job itself where it left an artifact.</param>
/// <param name="Model">Null where the job left nothing usable.</param>
/// <param name="IsTrial">The candidate was only to be judged: what became of it was published nowhere.</param>
public sealed record TrainingRecord(Lineage Lineage, TrainingOutcome Outcome, TrainedModel? Model, bool IsTrial = false)
{
    public static async Task<TrainingRecord> ReadAsync(IObjectStore store, TrainingOutcome outcome, CancellationToken cancellation)
    {
        var lineage = await new TrainingJobs(store).LineageAsync(outcome.TrainingJob, cancellation);
        if (await store.HeadAsync(StoreKeys.TrainingArtifact(outcome.TrainingJob), cancellation: cancellation) is null)
            return new(lineage, outcome, Model: null);
        try
        {
            return Of(await CandidateArtifact.OpenAsync(store, lineage, cancellation), outcome);
        }
        catch (InvalidArtifactException)
        {
            // the outcome says what is wrong with it
            return new(lineage, outcome, Model: null);
        }
    }

    internal static TrainingRecord Of(CandidateArtifact candidate, TrainingOutcome outcome) => new(
        candidate.Lineage, outcome, new(candidate.Spec, candidate.Schema, candidate.Metrics, candidate.Artifact.OnnxSha256, candidate.Plots));
}

/// <summary>What a job left of its model, apart from the model itself.</summary>
public sealed record TrainedModel(ModelSpec Spec, ModelSchema Schema, ModelMetrics Metrics, string OnnxSha256, IReadOnlyList<ReportPlot> Plots);
