using Slipway.Benchmarks.Contestants;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;

namespace Slipway.Benchmarks;

/// <summary>
/// The environment that a benchmark runs in and removes afterwards. It is always in the same place, so that the next benchmark stops whatever
/// a killed one left running.
/// </summary>
public sealed class BenchmarkPlace : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(1);

    private static readonly LocalEngine NoEngine = new(
        _ => throw new InvalidOperationException("A benchmark needs no Docker."), _ => throw new InvalidOperationException("A benchmark packages no images."));

    private readonly EnvironmentLock _held;

    private BenchmarkPlace(LocalEnvironment environment, EnvironmentLock held, ContestantHost host) =>
        (Environment, _held, Host) = (environment, held, host);

    public LocalEnvironment Environment { get; }

    public ContestantHost Host { get; }

    /// <summary>Opens an environment of processes on free ports, in addition to those that people use.</summary>
    /// <inheritdoc cref="OpenAsync(string, Func{LocalEnvironment}, TimeProvider)"/>
    public static Task<BenchmarkPlace> OpenAsync(BenchmarkRequest request, TimeProvider time) => OpenAsync(
        request.Folder,
        () => new(request.Folder, new(Port: 0, request.Model, request.Local with { PublicPort = 0, PrivatePort = 0 }, InContainers: false), NoEngine, time), time);

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
