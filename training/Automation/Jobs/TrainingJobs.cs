using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Jobs;

/// <summary>The records of training jobs in the store. Claiming is a conditional write, so two hosts never start the same attempt.</summary>
public sealed class TrainingJobs(IObjectStore store)
{
    /// <summary>
    /// Finds the attempt for these inputs, or claims the next: a new attempt only follows one that failed or was stopped.
    /// </summary>
    /// <param name="begin">Creates the lineage for a job id that is being claimed.</param>
    public async Task<ClaimedJob> ClaimAsync(string prefix, Func<string, Lineage> begin, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var job = TrainingJobId.Attempt(prefix, attempt);
            var lineage = begin(job);
            var claimed = await store.WriteAsync(
                StoreKeys.TrainingLineage(job), lineage, RegistryJson.Default.Lineage, PutCondition.Absent, cancellation);
            if (claimed is not null)
                return new(lineage, Outcome: null, IsNew: true);

            var outcome = await OutcomeAsync(job, cancellation);
            if (outcome?.Result is not (TrainingResult.Failed or TrainingResult.Stopped))
                return new(await LineageAsync(job, cancellation), outcome, IsNew: false);
        }
    }

    public async Task<Lineage> LineageAsync(string job, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.TrainingLineage(job), RegistryJson.Default.Lineage, cancellation))?.Value
        ?? throw new SlipwayException($"There is no training job '{job}': '{StoreKeys.TrainingLineage(job)}' is not in the store.");

    public async Task<TrainingOutcome?> OutcomeAsync(string job, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.TrainingOutcome(job), RegistryJson.Default.TrainingOutcome, cancellation))?.Value;

    /// <summary>Records how a job ended. The first record is final; every later reader gets it.</summary>
    public async Task<TrainingOutcome> EndAsync(TrainingOutcome outcome, CancellationToken cancellation)
    {
        var written = await store.WriteAsync(
            StoreKeys.TrainingOutcome(outcome.TrainingJob), outcome, RegistryJson.Default.TrainingOutcome, PutCondition.Absent, cancellation);
        return written is not null
            ? outcome
            : await OutcomeAsync(outcome.TrainingJob, cancellation) ?? outcome;
    }
}

/// <param name="Outcome">How it ended; null for a job that has to run, or is running elsewhere.</param>
/// <param name="IsNew">This caller claimed it.</param>
public sealed record ClaimedJob(Lineage Lineage, TrainingOutcome? Outcome, bool IsNew)
{
    public string Id => Lineage.TrainingJob;
}
