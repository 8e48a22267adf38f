using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Reports;

/// <summary>Everything that is known about a finished training job: the input of its reports.</summary>
/// <param name="Lineage">Completed by the job itself if it produced an artifact.</param>
/// <param name="Model">Null if the job produced nothing usable.</param>
/// <param name="IsTrial">The candidate was only evaluated: the result was not published anywhere.</param>
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

/// <summary>The job's results about its model, apart from the model itself.</summary>
public sealed record TrainedModel(ModelSpec Spec, ModelSchema Schema, ModelMetrics Metrics, string OnnxSha256, IReadOnlyList<ReportPlot> Plots);
