using Slipway.Automation.Jobs;
using Slipway.Automation.Local.Watching;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
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
        if (held is not null)
            await TakeBuildAsync(cancellation);
        return held;
    }

    public TrainingRequest Request(string model, string datasetKey) => ModelTraining.Request(models.Of(model), datasetKey, Build);

    public string PathOf(string key) => environment.PathOf(key);

    public async Task<ServingReport> WaitUntilServingAsync(string model, int version, CancellationToken cancellation)
    {
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
