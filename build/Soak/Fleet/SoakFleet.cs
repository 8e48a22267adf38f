using Slipway.Automation.Rollbacks;
using Slipway.Benchmarks;
using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Training;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Cli.Soaking;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;

namespace Slipway.Soak.Fleet;

/// <summary>Two servers of each color and two gateways, as processes on this machine, which serve a model that has three versions.</summary>
/// <param name="Live">The color that has all traffic.</param>
/// <param name="Infer">One encoded row, which each of its versions can predict.</param>
public sealed record SoakFleet(LocalEnvironment Environment, string Model, Color Live, ReleaseSet Releases, ContestantRequest Infer)
{
    /// <summary>One to begin with, and two to swap.</summary>
    public const int Versions = 3;

    /// <summary>
    /// More often than the default of once per second, so that a thousand swaps take minutes. Shorter ones would make the servers swap at the same moment,
    /// which they do not do otherwise.
    /// </summary>
    public static TimeSpan PollInterval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The first one, and the one next to it.</summary>
    public IReadOnlyList<Uri> Gateways => [.. GatewayRecords.Select(record => new Uri(record.Url!))];

    /// <summary>For a row whose server must not disturb the fleet.</summary>
    public ModelStore Models => new(Environment, Model, Live);

    public IReadOnlyList<ServiceRecord> GatewayRecords => [Environment.Gateway, .. Environment.Fleet.OtherGateways];

    public IReadOnlyList<ServiceRecord> Servers => Environment.Fleet.RunningServers(Live);

    /// <summary>An environment with processes on free ports, in addition to those that people use.</summary>
    public static LocalEnvironment Open(SoakRequest request, TimeProvider time)
    {
        AwayFolder.Forget(new LocalFolders(request.Folder).Store);
        return new(
            request.Folder,
            new(Port: 0, request.Model, request.Local with { PublicPort = 0, PrivatePort = 0, Servers = 2, Gateways = 2, Notifications = null }, InContainers: false),
            BenchmarkPlace.NoEngine, time);
    }

    public static async Task<SoakFleet> DeployAsync(
        SoakRequest request, Paths paths, LocalEnvironment environment, IProgressReport report, CancellationToken cancellation)
    {
        // inherited by the services
        System.Environment.SetEnvironmentVariable("SLIPWAY_PollInterval", PollInterval.ToString());
        var model = new ModelFolder(request.Model, paths.Model(request.Model));
        var releases = new BuildOutputs(paths).AddAll(environment.Folders);
        var build = new TrainerBuild(releases.Trainer, releases.Trainer.Hash, request.Source, request.By, request.Refusal);
        await report.StepAsync($"Train {model.Name}", step => new TrainingBenchmark(environment, build, model, dataset: null).RunAsync(Versions, step, cancellation));
        var deployment = await environment.BeginDeploymentAsync(releases, build, [], report, cancellation);
        var deployed = await deployment.RunAsync(retry: true, cancellation);
        var manifest = await environment.Versions.RequireAsync(request.Model, Versions, cancellation);
        var golden = await new GoldenSets(environment.Store).ReadAsync(manifest, cancellation);
        return new(environment, request.Model, deployed.Live, releases, ContestantRequest.Infer(request.Model, golden));
    }
}
