using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Datasets;

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

/// <summary>A dataset as it lies in a store where people write to files in place.</summary>
/// <param name="Version">Of the content.</param>
/// <param name="SeenToCome">Somebody saw it come just now: nothing is newer.</param>
public sealed record DatasetContent(string Version, DateTimeOffset Modified, bool SeenToCome);

/// <summary>Model, spec and code of now, to compare with those of a job.</summary>
public sealed record TrainingInputs(string SpecSha256, SourceReference Source, string Image)
{
    public static TrainingInputs Of(TrainingRequest request) =>
        new(Sha256Hex.Of(request.SpecJson.Span), request.Source, request.Environment.Image);

    // A dirty tree has no commit of its own; what it was built into tells such trees apart.
    public bool Made(DatasetJob job) =>
        job.Lineage.Imported is null && job.Lineage.SpecSha256 == SpecSha256 && job.Lineage.Source == Source
        && (!Source.Dirty || job.Lineage.Environment.Image == Image);
}

/// <summary>
/// Sees to it that newer data never gives way to older, and that nothing is trained on twice. The jobs in the store are its only memory, so a
/// watcher that starts again decides as the one before would have. Pure.
/// </summary>
public static class DatasetPolicy
{
    /// <param name="jobs">Of the model, as started. None of them is at work.</param>
    public static DatasetDecision Decide(DatasetContent dataset, IReadOnlyList<DatasetJob> jobs, TrainingInputs now)
    {
        // a model made elsewhere that did not work says nothing of the rows that it was measured on
        var last = jobs.LastOrDefault(job => job.Lineage.Dataset.Version == dataset.Version && (job.HasVerdict || job.Lineage.Imported is null));
        var same = last is not null && now.Made(last);
        if (last is { HasVerdict: true } && (same || last.Lineage.StartedAt >= dataset.Modified))
            return new(DatasetVerdict.Known, last);
        if (last is { Outcome.Result: TrainingResult.Failed } && same)
            return new(DatasetVerdict.FailedBefore, last);
        if (dataset.SeenToCome)
            return new(DatasetVerdict.Train, last);

        // Of what lay there before, the time of its last job or of the file is all that says when it came.
        var came = last is { HasVerdict: false } ? last.Lineage.StartedAt : dataset.Modified;
        var newer = jobs.LastOrDefault(job => job.Outcome is not null && IsNewer(job, job.Lineage.StartedAt, came));
        return newer is not null ? new(DatasetVerdict.Stale, newer) : new(DatasetVerdict.Train, last);
    }

    /// <summary>Whether a job has a verdict, or is at work, on a dataset that came later than another: that one is not to take its place.</summary>
    /// <param name="jobsCame">When the job's dataset came, as well as the store can tell.</param>
    /// <param name="came">When the other came.</param>
    public static bool IsNewer(DatasetJob job, DateTimeOffset jobsCame, DateTimeOffset came) =>
        (job.HasVerdict || job.Outcome is null) && jobsCame > came;

    /// <summary>The newest dataset that did not fail with these inputs, for whoever names none.</summary>
    /// <returns>Null where all failed; and the failures that are newer, newest first.</returns>
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
