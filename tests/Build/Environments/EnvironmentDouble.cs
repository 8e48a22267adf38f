using System.Security.Cryptography;
using Slipway.Automation;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Environments.SmokeTests;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments;

/// <summary>An environment that only records calls, and in which each training ends with the failure that the test defines.</summary>
internal sealed class EnvironmentDouble(LocalFolders folders, SlipwayException? failure = null)
    : SlipwayEnvironment("shore", folders, new DirectoryObjectStore(folders.Store, TimeProvider.System), "main", TimeProvider.System)
{
    public List<string> Trained { get; } = [];

    /// <summary>How each job ends, in the place of the failure, by its model.</summary>
    public Func<string, TrainingOutcome>? Ending { get; init; }

    /// <summary>The actions on colors and traffic, in order.</summary>
    public List<string> Steps { get; } = [];

    public override SignaturePolicy Signatures => SignaturePolicy.Off;

    public override IManifestSigner Signer { get; } = new LocalKeySigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public override string Argument => " --environment=shore";

    public override Task<TrainerBuild> TrainerBuildAsync(ModelFolder model, TrainerBuild built, CancellationToken cancellation) => Task.FromResult(built);

    public override async Task<TrainingRun> TrainAsync(TrainingRequest request, TrainerBuild build, Action<string> output, CancellationToken cancellation)
    {
        Trained.Add(request.Model);
        if (Ending is null)
            throw failure ?? throw NotNeeded();
        var job = await new DatasetArrived(Store, Time).HandleAsync(request, cancellation);
        return new(await new TrainingJobs(Store).EndAsync(Ending(request.Model) with { TrainingJob = job.Id }, cancellation), Ran: true);
    }

    public override DatasetJobs AllJobs => LocalJobs.OfAnAnswer(Store, Folders.Store);

    public override Task<IReadOnlyList<DatasetJob>> JobsAsync(string model, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<DatasetJob>>([]);

    public override string PathOf(string key) => $"s3://shore/{key}";

    public override string PlaceOfLog(string job) => job;

    public override string HowDataArrives(string model) => $"upload it to {PathOf(StoreKeys.DatasetsOf(model))}";

    /// <summary>Cancelling it revokes the hold on the environment.</summary>
    public CancellationToken Lost { get; init; }

    protected override Task<IEnvironmentLock> LockAsync(string target, string by, IProgressReport report, CancellationToken cancellation) =>
        Task.FromResult<IEnvironmentLock>(new Hold(Lost));

    private sealed class Hold(CancellationToken lost) : IEnvironmentLock
    {
        public CancellationToken Lost => lost;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    public override Task<IDeployment> BeginDeploymentAsync(
        ReleaseSet release, TrainerBuild built, IReadOnlyList<ModelFolder> models, IProgressReport report, CancellationToken cancellation) => throw NotNeeded();

    public override Task WaitUntilServingAsync(string model, int version, IProgressReport report, CancellationToken cancellation) => throw NotNeeded();

    public override Task<string> PrepareColorAsync(Color color, IProgressReport report, CancellationToken cancellation)
    {
        Steps.Add($"prepare {color.Word()}");
        return Task.FromResult("release-1");
    }

    public override Task WaitForTrafficAsync(int revision, CancellationToken cancellation)
    {
        Steps.Add($"traffic {revision}");
        return Task.CompletedTask;
    }

    public override RolloutPlan? RolloutPlan => Plan;

    public RolloutPlan? Plan { get; init; }

    /// <summary>What the gateway has reached when a rollout ends.</summary>
    public Func<DesiredTraffic, TrafficState>? Rolled { get; set; }

    public override async Task<RolloutEnd> WaitForRolloutAsync(DesiredTraffic asked, IProgressStep step, CancellationToken cancellation)
    {
        Steps.Add($"roll out {asked.Plan!.Id}");
        var state = (Rolled ?? throw NotNeeded())(asked);
        await Store.WriteAsync(StoreKeys.TrafficState("main"), state, RegistryJson.Default.TrafficState, PutCondition.None, cancellation);
        return RolloutEnd.Of(asked, state)!;
    }

    public override Task ScaleInAsync(Color color, IProgressReport report, CancellationToken cancellation)
    {
        Steps.Add($"scale in {color.Word()}");
        return Task.CompletedTask;
    }

    /// <summary>The result of reading the status.</summary>
    public Func<CancellationToken, Task> Status { get; init; } = _ => throw NotNeeded();

    public override Task ShowStatusAsync(IProgressReport report, CancellationToken cancellation) => Status(cancellation);

    public Func<PublicGateway> Gateway { get; init; } = () => throw NotNeeded();

    public override Task<PublicGateway> PublicGatewayAsync(CancellationToken cancellation) => Task.FromResult(Gateway());

    public Func<IReadOnlyList<LiveImage>> LiveImages { get; init; } = () => throw NotNeeded();

    public override Task<IReadOnlyList<LiveImage>> LiveImagesAsync(CancellationToken cancellation) => Task.FromResult(LiveImages());

    public byte[]? PredictionKey { get; init; }

    public override Task<byte[]> PredictionKeyAsync(CancellationToken cancellation) => Task.FromResult(PredictionKey ?? throw NotNeeded());

    private static NotSupportedException NotNeeded() => new("no test needs this");
}
