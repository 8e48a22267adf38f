using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Environments.Training;

/// <summary>Creates the folder of a new model from a dataset: the trainer profiles the dataset, and the store gets a copy.</summary>
public sealed class ModelProposal(LocalEnvironment environment, FolderRelease trainer, IProgressReport report)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(1);

    private readonly TrainerCommand _trainer = new(
        trainer, Timeout, $"Profiling the dataset took longer than {Timeout}. Nothing was written; try again with some of its rows.", environment.Time);

    private readonly Datasets _datasets = new(environment.Store, environment.Folders, Timeout, environment.Time);

    /// <summary>Writes model.json and copies the dataset into the store: both or neither.</summary>
    /// <exception cref="SlipwayException">No model could be created; the message says what to change.</exception>
    public async Task WriteAsync(ModelFolder model, string dataset, string label, string? task, CancellationToken cancellation)
    {
        if (File.Exists(model.SpecPath))
            throw new SlipwayException($"'{model.SpecPath}' exists already and is not overwritten. Delete it to start over, or choose another --model.");

        Datasets.Check(dataset);
        var isNew = !Directory.Exists(model.Folder);
        var findings = await report.StepAsync($"Profile {Path.GetFileName(dataset)}", step => _trainer.RunAsync(Command(model, dataset, label, task), step, cancellation));
        try
        {
            var key = await _datasets.ImportAsync(model.Name, dataset, cancellation);
            findings.ForEach(report.Line);
            report.Line($"The dataset is in the store: {key}");
        }
        catch
        {
            File.Delete(model.SpecPath);
            if (isNew)
                Directory.Delete(model.Folder);
            throw;
        }
    }

    /// <summary>The command line of the trainer.</summary>
    public IReadOnlyList<string> Command(ModelFolder model, string dataset, string label, string? task) => _trainer.Line(
    [
        "propose", $"--dataset={dataset}", $"--label={label}", $"--model={model.Name}", .. task is null ? Array.Empty<string>() : [$"--task={task}"], $"--output={model.SpecPath}",
    ]);
}
