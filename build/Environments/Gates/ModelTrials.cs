using Slipway.Automation.Reports;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Gates;

/// <summary>
/// Trains the models of a change in a scratch environment and compares them there with what another environment serves: with the same code as in
/// production and on the same data, but nothing is published.
/// </summary>
/// <param name="name">The environment of the champions.</param>
/// <param name="scratch">Where the trials run.</param>
public sealed class ModelTrials(string name, ServedModels served, SlipwayEnvironment scratch, TrainerBuild build, IProgressReport report)
{
    private readonly ModelTraining _training = new(scratch, build, report);

    /// <summary>Runs one trial after the other, because training takes the whole machine. A failure does not stop the others.</summary>
    public async Task<IReadOnlyList<ModelTrial>> RunAsync(IReadOnlyList<ModelFolder> models, CancellationToken cancellation)
    {
        var trials = new List<ModelTrial>();
        foreach (var model in models)
        {
            report.Line($"{trials.Count + 1} of {models.Count}: {model.Name}");
            var trial = await RunAsync(model, cancellation);
            if (trial.Record is null)
                report.Line(trial.Reason);
            trials.Add(trial);
        }

        return trials;
    }

    private async Task<ModelTrial> RunAsync(ModelFolder model, CancellationToken cancellation)
    {
        try
        {
            return await TryAsync(model, model.ReadSpec(), cancellation);
        }
        catch (SlipwayException e) when (!cancellation.IsCancellationRequested)
        {
            return new(model.Name, TrialVerdict.Failed, e.Message);
        }
    }

    private async Task<ModelTrial> TryAsync(ModelFolder model, ModelSpec spec, CancellationToken cancellation)
    {
        if (spec.Trainer == TrainerNames.Imported)
            return new(model.Name, TrialVerdict.NotTrained, "Its versions are trained elsewhere: Register imports one and runs these gates.");

        var brought = await report.StepAsync($"Copy what {name} serves of {model.Name}", async step =>
        {
            var found = await served.CopyAsync(model.Name, cancellation);
            step.Note(found.Champion is { } version ? $"version {version}" : $"no version in {name} yet");
            return found;
        });
        if (!brought.HasData && spec.Dataset is null)
            return new(
                model.Name, TrialVerdict.NotTrained, $"There is no data to train it on: no dataset in {name}, and no sample in its model.json. Upload a CSV file to {name}, or name one under 'dataset'.", brought.Champion);

        var outcome = (await _training.TryAsync(model, cancellation)).Outcome;
        var record = await TrainingRecord.ReadAsync(scratch.Store, outcome, cancellation) with { IsTrial = true };
        report.ShowQuality(record);
        return new(model.Name, VerdictOf(outcome.Result), ReportVerdict.Of(record), brought.Champion, record);
    }

    private static TrialVerdict VerdictOf(TrainingResult result) => result switch
    {
        TrainingResult.Registered => TrialVerdict.Passed,
        TrainingResult.Refused => TrialVerdict.Refused,
        _ => TrialVerdict.Failed,
    };
}
