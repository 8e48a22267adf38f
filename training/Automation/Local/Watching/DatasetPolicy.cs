using System.Security.Cryptography;
using Slipway.Automation.Jobs;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>What is to be done about the newest dataset of a model.</summary>
public enum DatasetVerdict
{
    /// <summary>Nothing has come of it yet: train on it, or finish what was begun.</summary>
    Train,

    /// <summary>The gates have given their verdict on the same content.</summary>
    Known,

    /// <summary>The same content failed with the same spec and code, and would fail again.</summary>
    FailedBefore,

    /// <summary>It is older than a dataset that was trained on.</summary>
    Stale,
}

/// <param name="Job">The job that the verdict rests on; null where there is none.</param>
public sealed record DatasetDecision(DatasetVerdict Verdict, DatasetJob? Job);

/// <summary>Model, spec and code of now, to compare with those of a job.</summary>
public sealed record TrainingInputs(string SpecSha256, SourceReference Source, string Image)
{
    public static TrainingInputs Of(TrainingRequest request) =>
        new(Convert.ToHexStringLower(SHA256.HashData(request.SpecJson.Span)), request.Source, request.Environment.Image);

    // A dirty tree has no commit of its own; what it was built into tells such trees apart.
    public bool Made(DatasetJob job) =>
        job.Lineage.Outside is null && job.Lineage.SpecSha256 == SpecSha256 && job.Lineage.Source == Source
        && (!Source.Dirty || job.Lineage.Environment.Image == Image);
}

/// <summary>
/// Sees to it that newer data never gives way to older, and that nothing is trained on twice. The jobs in the store are its only memory, so a
/// watcher that starts again decides as the one before would have. Pure.
/// </summary>
public static class DatasetPolicy
{
    /// <summary>
    /// The newest of a model's datasets. What the watcher saw come is newer than what it found, in the order of coming; what it found goes by
    /// its file time, but a file whose job was cut short was the last that anybody brought.
    /// </summary>
    /// <param name="jobs">Of the model, as started.</param>
    public static Arrival Newest(IReadOnlyCollection<Arrival> arrivals, IReadOnlyList<DatasetJob> jobs)
    {
        var unfinished = jobs.Count > 0 && jobs[^1] is { Outcome: null, Lineage.Outside: null } ? jobs[^1].Lineage : null;
        return arrivals
            .OrderBy(arrival => arrival.FromStart ? TimeSpan.MinValue : arrival.SeenAt)
            .ThenBy(arrival => IsOf(arrival, unfinished) ? unfinished!.StartedAt : arrival.File.Modified)
            .ThenBy(arrival => arrival.File.Modified)
            .ThenBy(arrival => arrival.File.Name, StringComparer.Ordinal)
            .Last();
    }

    /// <param name="version">Of the content that the file has now.</param>
    /// <param name="jobs">Of the model, as started.</param>
    public static DatasetDecision Decide(Arrival newest, string version, IReadOnlyList<DatasetJob> jobs, TrainingInputs now)
    {
        // a model made elsewhere that did not work says nothing of the rows that it was measured on
        var last = jobs.LastOrDefault(job => job.Lineage.Dataset.Version == version && (job.Judged || job.Lineage.Outside is null));
        var same = last is not null && now.Made(last);
        if (last is { Judged: true } && (same || last.Lineage.StartedAt >= newest.File.Modified))
            return new(DatasetVerdict.Known, last);
        if (last is { Outcome.Result: TrainingResult.Failed } && same)
            return new(DatasetVerdict.FailedBefore, last);

        // Of what lay there before, the time of its last job or of the file is all that says when it came.
        var came = last is { Judged: false } ? last.Lineage.StartedAt : newest.File.Modified;
        var newer = jobs.LastOrDefault(job => job.Judged && job.Lineage.StartedAt > came);
        return newest.FromStart && newer is not null ? new(DatasetVerdict.Stale, newer) : new(DatasetVerdict.Train, last);
    }

    /// <summary>The newest dataset that did not fail with these inputs, for whoever names none.</summary>
    /// <returns>Null where all failed; and the failures that are newer, newest first.</returns>
    public static (ObjectInfo? Usable, IReadOnlyList<DatasetJob> Failed) NewestUsable(
        IReadOnlyList<ObjectInfo> newestFirst, IReadOnlyList<DatasetJob> jobs, TrainingInputs now)
    {
        var failed = new List<DatasetJob>();
        foreach (var dataset in newestFirst)
            if (jobs.LastOrDefault(job => job.Lineage.Dataset.Version == dataset.Version && job.Lineage.Outside is null) is { Outcome.Result: TrainingResult.Failed } last && now.Made(last))
                failed.Add(last);
            else
                return (dataset, failed);
        return (null, failed);
    }

    private static bool IsOf(Arrival arrival, Lineage? job) =>
        job is not null && job.Dataset.Key == arrival.File.Key && arrival.File.Modified <= job.StartedAt;
}
