using Slipway.Automation.Datasets;
using Slipway.Automation.Retraining;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>
/// The gateway has found drift, a dataset has arrived, or it is time to look: retrains the models of a bucket for which there is a cause. Only what is in the store
/// counts, not what an event says.
/// </summary>
public sealed class AwsRetraining : IRetrainHost
{
    private readonly IObjectStore _store;
    private readonly AwsDatasetTraining _training;
    private readonly ModelRetraining _retraining;

    public AwsRetraining(IObjectStore store, AwsDatasetTraining training, IRetrainCauses causes, TimeProvider time)
    {
        (_store, _training) = (store, training);
        _retraining = new(store, causes, this, time);
    }

    /// <summary>A dataset of a model has arrived.</summary>
    /// <returns>Null if no version of the model serves.</returns>
    public Task<RetrainAnswer?> ArrivedAsync(string model, RetrainSpec spec, CancellationToken cancellation) => _retraining.HandleAsync(model, spec, arrived: true, cancellation);

    /// <summary>Monitoring tells of a model.</summary>
    public async Task<EventResponse> HandleAsync(string model, CancellationToken cancellation)
    {
        if (await SpecAsync(model, cancellation) is not { } spec)
            return EventResponse.Nothing($"'{model}' is trained on every dataset that arrives: its model.json has no 'retrain'.");
        var answer = await _retraining.HandleAsync(model, spec, arrived: false, cancellation);
        return answer?.Started is not null ? EventResponse.Done(answer.State.Sentence) : EventResponse.Nothing(answer?.State.Sentence ?? $"No version of '{model}' serves.");
    }

    /// <summary>It is time to look at every model. One that fails keeps no other from being looked at.</summary>
    /// <exception cref="SlipwayException">One failed; the next look tries again.</exception>
    public async Task<EventResponse> LookAsync(CancellationToken cancellation)
    {
        List<string> done = [];
        SlipwayException? failure = null;
        foreach (var model in await ServedAsync(cancellation))
            try
            {
                if (await HandleAsync(model, cancellation) is { Handled: true } answer)
                    done.Add(answer.Text);
            }
            catch (SlipwayException e)
            {
                failure ??= e;
            }

        return failure is not null ? throw failure
            : done.Count > 0 ? EventResponse.Done(string.Join(' ', done)) : EventResponse.Nothing("No model has to be trained.");
    }

    async Task<KeptDataset?> IRetrainHost.NewestAsync(string model, CancellationToken cancellation)
    {
        var newest = await _store.ListAsync(StoreKeys.DatasetsOf(model), cancellation)
            .Where(found => found.Length > 0 && DatasetName.IsDatasetOf(model, found.Key))
            .OrderBy(found => found.LastModified).ThenBy(found => found.Key, StringComparer.Ordinal).LastOrDefaultAsync(cancellation);
        // a listing of a bucket has no versions
        return newest is not null && await _store.HeadAsync(newest.Key, cancellation: cancellation) is { } dataset
            ? new(dataset.Key, dataset.Version, dataset.LastModified)
            : null;
    }

    async Task<bool> IRetrainHost.IsUnusedAsync(string model, KeptDataset dataset, bool kept, CancellationToken cancellation) =>
        await UseAsync(model, dataset, cancellation) is { Use.WhyNot: null };

    async Task<string?> IRetrainHost.StartAsync(string model, RetrainStart start, CancellationToken cancellation)
    {
        if (await UseAsync(model, start.Dataset, cancellation) is not var (recipe, use))
            return null;
        if (use.WhyNot is null)
            return (await _training.StartAsync(recipe, start.Dataset.Key, start.Cause, cancellation)).Job.Id;
        // another handler has started it, or this one before it crashed
        return use.Job is { } known && known.Lineage.Cause?.Key == start.Cause.Key ? known.Id : null;
    }

    /// <returns>Null if the dataset is gone or superseded, or the model was never deployed.</returns>
    private async Task<(TrainingRecipe Recipe, DatasetUse Use)?> UseAsync(string model, KeptDataset kept, CancellationToken cancellation) =>
        await _store.HeadAsync(kept.Key, cancellation: cancellation) is { } dataset && dataset.Version == kept.Version
            && await _training.RecipeAsync(model, cancellation) is { } recipe
            ? (recipe, await _training.UseAsync(dataset, recipe, cancellation))
            : null;

    private async Task<RetrainSpec?> SpecAsync(string model, CancellationToken cancellation) =>
        await _training.RecipeAsync(model, cancellation) is { } recipe ? AwsDatasetTraining.Spec(recipe).Retrain : null;

    // A model that is in no catalog has no version that serves.
    private async Task<IEnumerable<string>> ServedAsync(CancellationToken cancellation)
    {
        var models = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var color in Colors.All)
            if ((await _store.ReadAsync(StoreKeys.Catalog(color), RegistryJson.Default.ChannelCatalog, cancellation))?.Value is { } catalog)
                models.UnionWith(catalog.Models.Keys);
        return models;
    }
}
