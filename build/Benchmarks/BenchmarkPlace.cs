using Slipway.Benchmarks.Contestants;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;

namespace Slipway.Benchmarks;

/// <summary>
/// The environment that a benchmark, or the soak, runs in and removes afterwards. It is always in the same place, so that the next one stops whatever
/// a killed one left running.
/// </summary>
public sealed class BenchmarkPlace : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Everything runs as processes.</summary>
    public static LocalEngine NoEngine { get; } = new(
        _ => throw new InvalidOperationException("A benchmark needs no Docker."), _ => throw new InvalidOperationException("A benchmark packages no images."));

    private readonly EnvironmentLock _held;

    private BenchmarkPlace(LocalEnvironment environment, EnvironmentLock held, ContestantHost host) =>
        (Environment, _held, Host) = (environment, held, host);

    public LocalEnvironment Environment { get; }

    public ContestantHost Host { get; }

    /// <summary>Opens an environment of processes on free ports, in addition to those that people use.</summary>
    /// <inheritdoc cref="OpenAsync(string, string, Func{LocalEnvironment}, TimeProvider)"/>
    public static Task<BenchmarkPlace> OpenAsync(BenchmarkRequest request, TimeProvider time) => OpenAsync(
        TargetNames.Benchmark, request.Folder,
        () => new(request.Folder, new(Port: 0, request.Model, request.Local with { PublicPort = 0, PrivatePort = 0 }, InContainers: false), NoEngine, time), time);

    /// <param name="target">Which target runs in it.</param>
    /// <param name="open">Opens the environment in its folder.</param>
    /// <exception cref="SlipwayException">The same target is already running.</exception>
    public static async Task<BenchmarkPlace> OpenAsync(string target, string root, Func<LocalEnvironment> open, TimeProvider time)
    {
        var folders = new LocalFolders(root);
        var held = EnvironmentLock.Take(folders, target, time);
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
