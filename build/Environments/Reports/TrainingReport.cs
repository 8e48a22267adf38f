using Slipway.Automation.Jobs;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Environments.Reports;

/// <summary>How a training job ended, for the person who started it.</summary>
public static class TrainingReport
{
    /// <returns>The registered version.</returns>
    /// <exception cref="RefusedException">A gate failed.</exception>
    /// <exception cref="SlipwayException">The job failed.</exception>
    public static async Task<int> ShowTrainingAsync(
        this IProgressReport report, SlipwayEnvironment environment, string model, TrainingRun result, CancellationToken cancellation)
    {
        var outcome = result.Outcome;
        await report.ShowQualityAsync(environment, outcome, cancellation);

        if (outcome.Result == TrainingResult.Refused)
            throw new RefusedException(
                $"'{model}' was not published: {outcome.Reason} Training job {outcome.TrainingJob} is kept; the previous version is still served.");
        if (outcome is not { Result: TrainingResult.Registered, Version: { } registered })
            throw new SlipwayException(
                $"Training job {outcome.TrainingJob} {outcome.Result.ToString().ToLowerInvariant()}: {outcome.Reason}\n" +
                $"Log of the trainer: {environment.PlaceOfLog(outcome.TrainingJob)}\n" +
                $"Without --dataset, Train uses the newest file that did not fail, from {environment.PathOf(StoreKeys.DatasetsOf(model))}");

        report.Line(result.Ran
            ? $"Training job {outcome.TrainingJob} became '{model}' version {registered}."
            : $"Nothing to do: the same dataset, spec and commit became '{model}' version {registered} in training job {outcome.TrainingJob}.");
        return registered;
    }

    /// <summary>Waits until the servers serve a version, or it was rolled out; or explains why they are not meant to.</summary>
    /// <exception cref="RolloutRefusedException">It was rolled back, or halted.</exception>
    public static async Task ShowPublishedAsync(
        this IProgressReport report, SlipwayEnvironment environment, string model, int version, CancellationToken cancellation)
    {
        if (await environment.Traffic.ReadAsync(cancellation) is { Plan: { } plan } asked && plan.Model == model && plan.Version == version)
            try
            {
                await new RolloutRun(environment, report).CompleteAsync(asked, cancellation);
            }
            finally
            {
                await report.CompleteRolloutAsync(environment, cancellation);
            }

        var channel = (await environment.Channels.GetAsync(model, Color.Blue, cancellation))?.Value;
        if (channel is not null && channel.Version != version)
            report.Line(
                $"The servers stay on version {channel.Version}: version {version} was live before that. " +
                $"To restore it: ./build.sh --target=Rollback{environment.Argument} --model={model} --to={version}");
        else
            await environment.WaitUntilServingAsync(model, version, report, cancellation);
    }
}
