using Slipway.Automation.Local;
using Slipway.Automation.Local.Watching;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Environments.Watching;

/// <summary>Watches the datasets of the local environment until it is stopped.</summary>
public sealed class LocalWatch(LocalEnvironment environment, RepositoryModels models, IWatchHost host, IProgressReport report)
{
    /// <exception cref="Registry.SlipwayException">The environment is already being watched.</exception>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        using var held = EnvironmentLock.TakeWatch(environment.Folders, environment.Time);
        var folder = new DatasetFolder(environment.Folders.Store);
        var specs = new SpecWatch(models, folder.Prepare);
        report.ShowWatch(environment, name, models.Names(), folder.Prepare);
        // jobs run the code that is built now, not at the first arrival
        (await host.LockAsync(report.Line, cancellation))?.Dispose();

        var handler = new ArrivalHandler(
            environment.Store, new LocalJobs(environment.Store, environment.Folders.Store), host, Show, environment.Time);
        using var renames = new RenamedFiles(folder);
        var tracker = new ArrivalTracker(folder, specs, Show, environment.Time, renames);
        await Task.WhenAll(
            new DatasetWatcher(tracker, handler, host, Show, environment.Time).RunAsync(cancellation),
            new QualityWatch(new(environment.Store, environment.Time), Show, environment.Time).RunAsync(cancellation),
            new DomainWatch(environment.Store, Show, environment.Time).RunAsync(cancellation));
        report.Line("Stopped watching.");

        void Show(WatchEvent happened) => report.ShowWatched(happened, environment.Time);
    }
}
