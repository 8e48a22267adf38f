using Slipway.Automation.Reports;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Gates;

/// <summary>The output files of trials: the table of all, and per model its report and the trainer's log.</summary>
/// <param name="folder">Emptied before the first trial, so that files of another change are not mistaken for this one's.</param>
public sealed class TrialFiles(string folder)
{
    public string Summary => Path.Combine(folder, "summary.md");

    public string Report(string model) => Path.Combine(folder, model, "report.html");

    public string Log(string model) => Path.Combine(folder, model, "log.txt");

    public void Empty()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }

    /// <param name="scratch">The store of the trials.</param>
    public async Task WriteAsync(string markdown, IReadOnlyList<ModelTrial> trials, IObjectStore scratch, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Summary, markdown, cancellation);
        foreach (var record in trials.Select(trial => trial.Record).OfType<TrainingRecord>())
        {
            var model = record.Lineage.Model;
            Directory.CreateDirectory(Path.Combine(folder, model));
            await File.WriteAllTextAsync(Report(model), TrainingReportPage.Of(record), cancellation);
            await WriteLogAsync(record.Lineage, scratch, cancellation);
        }
    }

    private async Task WriteLogAsync(Lineage lineage, IObjectStore scratch, CancellationToken cancellation)
    {
        await using var log = await scratch.GetAsync(StoreKeys.TrainingLog(lineage.TrainingJob), cancellation: cancellation);
        if (log is null)
            return;
        await using var file = File.Create(Log(lineage.Model));
        await log.Content.CopyToAsync(file, cancellation);
    }
}
