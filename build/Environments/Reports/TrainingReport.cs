using Slipway.Automation.Jobs;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Environments.Reports;

/// <summary>How a training job ended, for the person who asked for it.</summary>
public static class TrainingReport
{
    /// <returns>The version that it is.</returns>
    /// <exception cref="RefusedException">The gates said no.</exception>
    /// <exception cref="SlipwayException">The job failed.</exception>
    public static async Task<int> ShowTrainingAsync(
        this IProgressReport report, SlipwayEnvironment environment, string model, TrainingRun result, CancellationToken cancellation)
    {
        var outcome = result.Outcome;
        await report.ShowQualityAsync(environment, outcome, cancellation);

        if (outcome.Result == TrainingResult.Refused)
            throw new RefusedException(
                $"'{model}' was not published: {outcome.Reason} Training job {outcome.TrainingJob} is kept; what answered before still answers.");
        if (outcome is not { Result: TrainingResult.Registered, Version: { } registered })
            throw new SlipwayException(
                $"Training job {outcome.TrainingJob} {outcome.Result.ToString().ToLowerInvariant()}: {outcome.Reason}\n" +
                $"What the trainer printed: {environment.PlaceOfLog(outcome.TrainingJob)}\n" +
                $"Without --dataset the newest file that did not fail is taken, from {environment.PathOf(StoreKeys.DatasetsOf(model))}");

        report.Line(result.Ran
            ? $"Training job {outcome.TrainingJob} became '{model}' version {registered}."
            : $"Nothing to do: the same dataset, spec and commit became '{model}' version {registered} in training job {outcome.TrainingJob}.");
        return registered;
    }

    /// <summary>Waits until the servers answer with a version, or says why they are not meant to.</summary>
    public static async Task ShowPublishedAsync(
        this IProgressReport report, SlipwayEnvironment environment, string model, int version, CancellationToken cancellation)
    {
        var channel = (await environment.Channels.GetAsync(model, Color.Blue, cancellation))?.Value;
        if (channel is not null && channel.Version != version)
            report.Line(
                $"The servers stay on version {channel.Version}: version {version} was live before. " +
                $"To have it back: ./build.sh --target=Rollback{environment.Argument} --model={model} --to={version}");
        else
            await environment.WaitUntilServingAsync(model, version, report, cancellation);
    }
}
