using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Datasets;

/// <summary>What to do with the newest dataset of a model.</summary>
public enum DatasetVerdict
{
    /// <summary>It has no outcome yet: train on it, or complete a job that has started.</summary>
    Train,

    /// <summary>The gates have given their verdict on the same content.</summary>
    Known,

    /// <summary>The same content failed with the same spec and code, and would fail again.</summary>
    FailedBefore,

    /// <summary>It is older than a dataset that was trained on.</summary>
    Stale,
}

/// <param name="Job">The job that the verdict is based on; null if there is none.</param>
public sealed record DatasetDecision(DatasetVerdict Verdict, DatasetJob? Job);

/// <summary>A dataset in a store where people write to files in place.</summary>
/// <param name="Version">The version of the content.</param>
/// <param name="SeenToCome">Its arrival was observed just now, so nothing is newer.</param>
public sealed record DatasetContent(string Version, DateTimeOffset Modified, bool SeenToCome);

/// <summary>The current model, spec and code, to compare with those of a job.</summary>
public sealed record TrainingInputs(string SpecSha256, SourceReference Source, string Image)
{
    public static TrainingInputs Of(TrainingRequest request) =>
        new(Sha256Hex.Of(request.SpecJson.Span), request.Source, request.Environment.Image);

    // A tree with uncommitted changes has no commit; the hash of its build output distinguishes such trees.
    public bool Made(DatasetJob job) =>
        job.Lineage.Imported is null && job.Lineage.SpecSha256 == SpecSha256 && job.Lineage.Source == Source
        && (!Source.Dirty || job.Lineage.Environment.Image == Image);
}

/// <summary>
/// Ensures that older data never replaces newer data, and that no dataset is trained on twice. It depends only on the jobs in the store, so a
/// restarted watcher makes the same decisions. Pure.
/// </summary>
public static class DatasetPolicy
{
    /// <param name="jobs">The model's jobs, in the order in which they started. None of them is running.</param>
    public static DatasetDecision Decide(DatasetContent dataset, IReadOnlyList<DatasetJob> jobs, TrainingInputs now)
    {
        // the failure of an imported model says nothing about the rows that it was evaluated on
        var last = jobs.LastOrDefault(job => job.Lineage.Dataset.Version == dataset.Version && (job.HasVerdict || job.Lineage.Imported is null));
        var same = last is not null && now.Made(last);
        if (last is { HasVerdict: true } && (same || last.Lineage.StartedAt >= dataset.Modified))
            return new(DatasetVerdict.Known, last);
        if (last is { Outcome.Result: TrainingResult.Failed } && same)
            return new(DatasetVerdict.FailedBefore, last);
        if (dataset.SeenToCome)
            return new(DatasetVerdict.Train, last);

        // For files that existed before, only the time of the last job or of the file tells when they arrived.
        var came = last is { HasVerdict: false } ? last.Lineage.StartedAt : dataset.Modified;
        var newer = jobs.LastOrDefault(job => job.Outcome is not null && IsNewer(job, job.Lineage.StartedAt, came));
        return newer is not null ? new(DatasetVerdict.Stale, newer) : new(DatasetVerdict.Train, last);
    }

    /// <summary>Whether a job has a verdict, or is running, on a dataset that arrived later than another, which therefore must not replace it.</summary>
    /// <param name="jobsCame">When the job's dataset arrived, as far as the store records it.</param>
    /// <param name="came">When the other one arrived.</param>
    public static bool IsNewer(DatasetJob job, DateTimeOffset jobsCame, DateTimeOffset came) =>
        (job.HasVerdict || job.Outcome is null) && jobsCame > came;

    /// <summary>The newest dataset that did not fail with these inputs, for a training without an explicit dataset.</summary>
    /// <returns>The dataset, or null if all failed; and the newer failures, newest first.</returns>
    public static (ObjectInfo? Usable, IReadOnlyList<DatasetJob> Failed) NewestUsable(
        IReadOnlyList<ObjectInfo> newestFirst, IReadOnlyList<DatasetJob> jobs, TrainingInputs now)
    {
        var failed = new List<DatasetJob>();
        foreach (var dataset in newestFirst)
            if (jobs.LastOrDefault(job => job.Lineage.Dataset.Version == dataset.Version && job.Lineage.Imported is null) is { Outcome.Result: TrainingResult.Failed } last && now.Made(last))
                failed.Add(last);
            else
                return (dataset, failed);
        return (null, failed);
    }
}
