using Slipway.Automation.Rollbacks;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Signing;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>Carries out a rollback in an environment, and waits until it is true of what answers. Each way returns what was done, as a sentence.</summary>
/// <remarks>
/// A model is moved by compare-and-swap, safe beside every other command, and a training may take an hour: only what moves traffic,
/// as a deployment does too, takes the environment's lock.
/// </remarks>
public sealed class EnvironmentRollback(SlipwayEnvironment environment, IProgressReport report, string by, string? reason)
{
    private readonly ModelRollback _models = new(environment.Store, environment.Signatures, environment.Time, report.Line, SignerOf(environment, report));

    public Task<string> ToVersionAsync(string model, int version, CancellationToken cancellation) => ToVersionAsync(model, version, expected: null, cancellation);

    private async Task<string> ToVersionAsync(string model, int version, HistoryHead? expected, CancellationToken cancellation)
    {
        var entry = await _models.MoveAsync(model, version, by, reason ?? $"Rollback to version {version}.", cancellation, expected: expected);
        if (entry is null)
            return $"Both colors are on '{model}' version {version} already; nothing was changed.";

        await environment.WaitUntilServingAsync(model, version, report, cancellation);
        return entry.From > version
            ? $"Rolled back '{model}' from version {entry.From} to {version}. Version {entry.From} is blocked: automation does not publish it again."
            : $"Moved '{model}' from version {entry.From} to {version}.";
    }

    /// <param name="model">Only this model's last change counts; null for whatever changed last.</param>
    public async Task<string> LastChangeAsync(string? model, CancellationToken cancellation)
    {
        var traffic = model is null ? await environment.Traffic.LastAsync(cancellation) : null;
        var changes = await _models.LastChangesAsync(cancellation);
        var plan = RollbackPolicy.LastChange(traffic, [.. changes.Where(change => model is null || change.Entry.Model == model)])
            ?? throw new SlipwayException(
                "There is nothing to roll back: no version followed another, and no release followed another, since the last rollback. " +
                $"Name a version with --to=<version>; ./build.sh --target=History{environment.Argument} lists them.");
        return await UndoAsync(plan, traffic?.Desired, cancellation);
    }

    /// <summary>Undoes the last move of traffic, whatever models did since.</summary>
    public async Task<string> LastMoveAsync(CancellationToken cancellation)
    {
        var traffic = await environment.Traffic.ReadAsync(cancellation);
        var plan = RollbackPolicy.LastMove(traffic)
            ?? throw new SlipwayException(
                "There is no move of traffic to undo: no release followed another since the last rollback. " +
                $"A model goes back with --what={RollbackArguments.Model} --model=<name>; a release comes out with ./build.sh --target=Deploy{environment.Argument}");
        return await UndoAsync(plan, traffic, cancellation);
    }

    private async Task<string> UndoAsync(UndoPlan plan, DesiredTraffic? seen, CancellationToken cancellation)
    {
        report.Line($"The last change was made at {plan.ChangedAt:u}: {Describe(plan)}.");
        if (plan is UndoVersion version)
            return await ToVersionAsync(version.Model, version.To, version.Head, cancellation);

        return await environment.AloneAsync(TargetNames.Rollback, by, report, async alone =>
            (await environment.Traffic.ReadAsync(alone))?.Revision == seen?.Revision
                ? await TrafficAsync((UndoTraffic)plan, alone)
                : throw new SlipwayException($"Traffic was moved by another command just now, so nothing was rolled back. See ./build.sh --target=Status{environment.Argument}, and run this again."),
            cancellation);
    }

    private async Task<string> TrafficAsync(UndoTraffic undo, CancellationToken cancellation)
    {
        var release = await environment.PrepareColorAsync(undo.To, report, cancellation);
        await report.StepAsync($"Moving traffic back to {undo.To.Word()}", async _ =>
        {
            var asked = await environment.Traffic.AskAsync(
                undo.To, TrafficAction.Rollback, release, by, reason ?? $"Rollback from {undo.From.Word()}.", cancellation);
            await environment.WaitForTrafficAsync(asked.Desired.Revision, cancellation);
        });
        await environment.RestColorAsync(undo.From, report, cancellation);
        return $"Rolled traffic back from {undo.From.Word()} to {undo.To.Word()}, release {release}.";
    }

    // a rollback at night does not fail for the want of a key
    private static IManifestSigner? SignerOf(SlipwayEnvironment environment, IProgressReport report)
    {
        try
        {
            return environment.MoveSigner;
        }
        catch (SlipwayException e)
        {
            report.Line($"What is moved now is not signed in the history. {e.Message}");
            return null;
        }
    }

    private static string Describe(UndoPlan plan) => plan switch
    {
        UndoTraffic traffic => $"traffic moved to {traffic.From.Word()}",
        UndoVersion version => $"'{version.Model}' went from version {version.To} to {version.From}",
        _ => plan.ToString(),
    };
}
