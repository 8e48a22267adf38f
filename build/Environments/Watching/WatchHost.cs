using Slipway.Automation.Jobs;
using Slipway.Automation.Local.Watching;
using Slipway.Automation.Rollouts;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Channels;
using Slipway.Registry.Signing;

namespace Slipway.Build.Environments.Watching;

/// <summary>The local environment from a watcher's point of view.</summary>
/// <param name="build">Creates what jobs run: called once, and again when a deployment has deleted it.</param>
public sealed class WatchHost(
    LocalEnvironment environment, RepositoryModels models, Func<CancellationToken, Task<TrainerBuild>> build, TimeSpan servingTimeout, IProgressReport report) : IWatchHost
{
    // Commands that change an environment finish within minutes. A dataset that arrived stays on the list, so giving up only means reporting it again.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(10);

    private TrainerBuild? _build;

    public ITrainingRunner Runner => environment.Runner(Build);

    public IManifestSigner Signer => environment.Signer;

    public async Task<IDisposable?> LockAsync(Action<string> waiting, CancellationToken cancellation)
    {
        var held = await EnvironmentLock.WaitForAsync(
            environment.Folders, TargetNames.Watch, LockTimeout, holder => waiting($"waits for another command: {holder}"), environment.Time, cancellation);
        if (held is null)
            return null;
        await TakeBuildAsync(cancellation);
        // a rollout may have ended while nobody waited for it
        await report.CompleteRolloutAsync(environment, cancellation);
        return held;
    }

    public TrainingRequest Request(string model, string datasetKey) => ModelTraining.Request(models.Of(model), datasetKey, Build);

    public ModelRollouts Rollouts => environment.ModelRollouts;

    public string PathOf(string key) => environment.PathOf(key);

    public async Task<ServingReport> WaitUntilServingAsync(string model, int version, CancellationToken cancellation)
    {
        if (await RefusalAsync(model, version, cancellation) is { } refusal)
            return new(false, $"was not rolled out. {refusal.Message}");
        var channel = (await environment.Channels.GetAsync(model, Color.Blue, cancellation))?.Value;
        if (channel is not null && channel.Version != version)
            return new(false, $"was live before, and the servers stay on version {channel.Version}. To restore it: ./build.sh --target=Rollback --model={model} --to={version}");

        var servers = environment.Servers;
        if (servers.Count == 0)
            return new(false, "is published, but no server is running. Start them with ./build.sh --target=Deploy");

        var behind = await environment.Heartbeats.WaitUntilServingAsync(servers, model, version, servingTimeout, cancellation);
        return behind.Count == 0
            ? new(true, $"is served on {string.Join(" and ", servers.Select(server => server.Name))}")
            : new(false, $"is published, but {string.Join("; ", behind)}. The previous version is still served; see ./build.sh --target=Status");
    }

    /// <returns>Why the version was not promoted; null if it was, or was not rolled out at all.</returns>
    private async Task<RolloutRefusedException?> RefusalAsync(string model, int version, CancellationToken cancellation)
    {
        if (await environment.Traffic.ReadAsync(cancellation) is not { Plan: { } plan } asked || plan.Model != model || plan.Version != version)
            return null;
        RolloutRefusedException? refusal = null;
        try
        {
            await new RolloutRun(environment, report).CompleteAsync(asked, cancellation);
        }
        catch (RolloutRefusedException e)
        {
            refusal = e;
        }

        await report.CompleteRolloutAsync(environment, cancellation);
        return refusal;
    }

    private TrainerBuild Build => _build ?? throw new InvalidOperationException("The environment has to be locked first.");

    // Only with the lock, because a deployment deletes releases that it does not need itself.
    private async Task TakeBuildAsync(CancellationToken cancellation)
    {
        if (_build is { } known && Directory.Exists(known.Trainer.Folder))
            return;
        var isFirst = _build is null;
        _build = await build(cancellation);
        report.Line($"{(isFirst ? "Jobs are" : "A deployment has installed another build: from now on, jobs are")} run with trainer {_build.Trainer.Hash} of commit {_build.Source.Commit}{(_build.Source.Dirty ? ", with uncommitted changes: their versions will not be reproducible" : "")}.");
    }
}
