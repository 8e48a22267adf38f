using Slipway.Build.Benchmarks.Contestants;
using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Benchmarks;

/// <summary>
/// The environment that a benchmark runs in and removes afterwards. It is always in the same place, so that the next benchmark stops whatever
/// a killed one left running.
/// </summary>
public sealed class BenchmarkPlace : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(1);

    private readonly EnvironmentLock _held;

    private BenchmarkPlace(LocalEnvironment environment, EnvironmentLock held, ContestantHost host) =>
        (Environment, _held, Host) = (environment, held, host);

    /// <summary>Must not be the name of an environment that cake.config could define.</summary>
    public const string Name = ".benchmark";

    public LocalEnvironment Environment { get; }

    public ContestantHost Host { get; }

    /// <param name="open">Opens the environment in its folder.</param>
    /// <exception cref="SlipwayException">Another benchmark is running.</exception>
    public static async Task<BenchmarkPlace> OpenAsync(string root, Func<LocalEnvironment> open, TimeProvider time)
    {
        var folders = new LocalFolders(root);
        var held = EnvironmentLock.Take(folders, TargetNames.Benchmark, time);
        var host = new ContestantHost(folders, ReadyTimeout, time);
        await host.StopAllAsync();
        foreach (var left in new[] { folders.Store, folders.Work, folders.Logs, folders.Keys, folders.Releases }.Where(Directory.Exists))
            Directory.Delete(left, recursive: true);
        return new(open(), held, host);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAllAsync();
        Host.Dispose();
        await _held.DisposeAsync();
        Directory.Delete(Environment.Folders.Root, recursive: true);
    }
}
