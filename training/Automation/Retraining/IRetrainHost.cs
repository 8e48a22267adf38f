using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Automation.Retraining;

/// <summary>Where datasets arrive and training jobs run.</summary>
public interface IRetrainHost
{
    /// <summary>The newest dataset of a model; null if there is none.</summary>
    Task<KeptDataset?> NewestAsync(string model, CancellationToken cancellation);

    /// <summary>Whether the model can be trained on a dataset: no job was, and it is not older than one on which a job was.</summary>
    /// <param name="kept">It was found so before, when it arrived.</param>
    Task<bool> IsUnusedAsync(string model, KeptDataset dataset, bool kept, CancellationToken cancellation);

    /// <summary>Starts one job, however often it is called.</summary>
    /// <returns>The id of the job; null if the dataset cannot be trained on any more.</returns>
    Task<string?> StartAsync(string model, RetrainStart start, CancellationToken cancellation);
}
