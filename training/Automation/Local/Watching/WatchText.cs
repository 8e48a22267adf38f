using System.Globalization;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Local.Watching;

/// <summary>The watcher's messages about datasets.</summary>
internal static class WatchText
{
    public static string Known(DatasetFile file, DatasetJob job, TrainingInputs now)
    {
        var same = job.Lineage.Dataset.Key == file.Key ? $"{file.Name} is not new" : $"{file.Name} has the same content as {Name(job)}";
        var became = job.Outcome!.Version is { } version
            ? $"it became version {version} in job {job.Id}"
            : $"it failed its gates in job {job.Id}";
        var again = now.Made(job)
            ? "."
            : $". model.json or the code has changed since; to train on it again: {Train(file)}";
        return $"{same}: {became}{again}";
    }

    public static string FailedBefore(DatasetFile file, DatasetJob job) =>
        $"{file.Name} failed before, in job {job.Id}: {job.Outcome!.Reason} It is retried when it, model.json or the code changes, or with {Train(file)}";

    public static string Stale(DatasetFile file, DatasetJob newer) =>
        $"{file.Name} is not trained on: by its file time, it is older than {Name(newer)}, which job {newer.Id} trained on. To train on it anyway: {Train(file)}, or touch the file";

    public static string Superseded(DatasetFile file, DatasetFile newest) =>
        $"{file.Name} is superseded by the newer {newest.Name} and is not trained on";

    public static string Refused(DatasetFile file, TrainingOutcome outcome, string report) =>
        $"{file.Name} produced no version: {outcome.Reason} The previous version is still served. Report: {report}";

    public static string Failed(DatasetFile file, TrainingOutcome outcome) =>
        $"job {outcome.TrainingJob} on {file.Name} {outcome.Result.ToString().ToLowerInvariant()}: {outcome.Reason}";

    public static string Registered(DatasetFile file, TrainingOutcome outcome, string report)
    {
        var against = outcome.Gates?.Champion is { } champion ? $", compared with version {champion}" : "";
        return $"version {outcome.Version} from {file.Name}: all gates passed{against}. Report: {report}";
    }

    public static string Serving(Arrival arrival, int version, ServingReport serving, TimeSpan since) => string.Create(
        CultureInfo.InvariantCulture,
        $"version {version} {serving.Text}, {since.TotalSeconds:0.0} s after {(arrival.FromStart ? "Watch started" : $"{arrival.File.Name} arrived")}");

    public static string Training(DatasetFile file, ClaimedJob job) =>
        $"{file.Name}, job {job.Id}{(job.IsNew ? "" : ", which was begun before")}{(job.Lineage.Cause is { } cause ? $", because {cause.Sentence}" : "")}";

    private static string Train(DatasetFile file) => $"./build.sh --target=Train --model={file.Model} --dataset=<path of {file.Name}>";

    private static string Name(DatasetJob job) => job.Lineage.Dataset.Key[(job.Lineage.Dataset.Key.LastIndexOf('/') + 1)..];
}
