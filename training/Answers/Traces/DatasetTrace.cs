using Slipway.Automation.Datasets;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Answers.Traces;

/// <summary>Traces a dataset to everything that it fed: training jobs, versions, where and when they served, and their predictions.</summary>
/// <param name="jobs">All training jobs of the store.</param>
public sealed class DatasetTrace(IObjectStore store, DatasetJobs jobs, TimeProvider time)
{
    /// <param name="models">The models whose jobs are searched.</param>
    /// <param name="progress">Hears now and then how far it is.</param>
    /// <returns>The models that were trained on it; those that were not are left out.</returns>
    public async Task<IReadOnlyList<TracedDataset>> FindAsync(
        DatasetQuery query, IReadOnlyList<string> models, Action<string> progress, CancellationToken cancellation)
    {
        var found = new List<TracedDataset>();
        foreach (var model in models)
        {
            var matching = (await jobs.OfAsync(model, cancellation)).Where(job => query.Matches(job.Lineage.Dataset)).ToList();
            if (matching.Count > 0)
                found.Add(await FollowAsync(model, matching, progress, cancellation));
        }

        return found;
    }

    /// <summary>From training jobs of a model to the predictions of their versions.</summary>
    public async Task<TracedDataset> FollowAsync(string model, IReadOnlyList<DatasetJob> matching, Action<string> progress, CancellationToken cancellation)
    {
        var history = await new ModelHistory(store).InspectAsync(model, cancellation);
        var periods = ServedPeriod.Of(history).ToLookup(period => period.Version);
        var traced = matching.Select(job => new TracedJob(job, job.Outcome?.Version is { } version ? [.. periods[version]] : [])).ToList();
        var since = traced.SelectMany(job => job.Served).Select(period => (DateTimeOffset?)period.From).Min();
        // a version that no channel ever pointed to has made no prediction
        return new(model, traced, since is { } from
            ? await PredictionTally.ReadAsync(new(store), model, from, time.GetUtcNow(), progress, cancellation)
            : new());
    }
}

/// <summary>Which dataset is meant: by its content, or by its key.</summary>
/// <param name="Sha256">Hash of its content; null to find it by key.</param>
/// <param name="Key">Its key in the store; null to find it by content.</param>
/// <param name="Version">The store's version of the key; null for all of them.</param>
public sealed record DatasetQuery(string? Sha256, string? Key, string? Version)
{
    public bool Matches(DatasetReference dataset) =>
        (Sha256 is null || dataset.Sha256 == Sha256) && (Key is null || dataset.Key == Key) && (Version is null || dataset.Version == Version);
}

/// <param name="Jobs">Those that were trained on it, in the order in which they were started.</param>
/// <param name="Predictions">Of all versions of the model, since the first of these versions was served.</param>
public sealed record TracedDataset(string Model, IReadOnlyList<TracedJob> Jobs, PredictionTally Predictions);

/// <param name="Served">When and where its version served; empty if it has none, or if no channel pointed to it.</param>
public sealed record TracedJob(DatasetJob Job, IReadOnlyList<ServedPeriod> Served)
{
    public int? Version => Job.Outcome?.Version;
}
