using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Environments.SmokeTests;
using Slipway.Build.Environments.Training;
using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments;

/// <summary>The environment on this machine: one folder with its store, its releases and its running services.</summary>
public sealed class LocalEnvironment : SlipwayEnvironment
{
    private static readonly TimeSpan MaxJobDuration = TimeSpan.FromHours(1);
    private static readonly TimeSpan TrafficTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TrafficPause = TimeSpan.FromMilliseconds(100);

    private readonly FleetOptions _options;

    private readonly LocalContainers _containers;
    private readonly LocalEngine _engine;
    private (TrainerBuild Built, TrainerBuild Packaged)? _packaged;

    public LocalEnvironment(string root, FleetOptions options, LocalEngine engine, TimeProvider time)
        : this(new LocalFolders(root), options, engine, time)
    {
    }

    private LocalEnvironment(LocalFolders folders, FleetOptions options, LocalEngine engine, TimeProvider time)
        : base(Path.GetFileName(folders.Root), folders, new DirectoryObjectStore(folders.Store, time), LocalFleet.GatewayName, time)
    {
        (_options, _engine) = (options, engine);
        _containers = new(engine, folders, time);
        Fleet = new(folders, Store, options, new ServiceHosts(new ProcessHost(folders, time), new ContainerHost(_containers)), time);
    }

    public LocalFleet Fleet { get; }

    public override string Argument => "";

    /// <summary>The running gateway.</summary>
    /// <exception cref="SlipwayException">It is not running.</exception>
    public ServiceRecord Gateway => Fleet.Running(LocalFleet.Gateway)
        ?? throw new SlipwayException("Nothing is running in the local environment. Start it with ./build.sh --target=Deploy");

    /// <summary>The running servers, by color.</summary>
    public IReadOnlyList<ServiceRecord> Servers => [.. Colors.All.SelectMany(Fleet.RunningServers)];

    /// <summary>Keeps other commands from changing this environment until it is disposed.</summary>
    /// <exception cref="SlipwayException">Another command holds it; the message says which.</exception>
    public EnvironmentLock Lock(string target) => EnvironmentLock.Take(Folders, target, Time);

    protected override Task<IEnvironmentLock> LockAsync(string target, string by, IProgressReport report, CancellationToken cancellation) =>
        Task.FromResult<IEnvironmentLock>(Lock(target));

    public override string PathOf(string key) => Path.GetFullPath(Path.Combine(Folders.Store, key));

    public override string PlaceOfLog(string job) => PathOf(StoreKeys.TrainingLog(job));

    public override string HowDataArrives(string model) => "put it into the folder that ./build.sh --target=Watch prints";

    public override DatasetJobs AllJobs => LocalJobs.OfAnAnswer(Store, Folders.Store);

    public override Task<IReadOnlyList<DatasetJob>> JobsAsync(string model, CancellationToken cancellation) => AllJobs.OfAsync(model, cancellation);

    public override Task<TrainerBuild> TrainerBuildAsync(ModelFolder model, TrainerBuild built, CancellationToken cancellation) =>
        TrainerBuildAsync(built, cancellation);

    /// <summary>What jobs here are trained with, given the build output of this tree.</summary>
    public async Task<TrainerBuild> TrainerBuildAsync(TrainerBuild built, CancellationToken cancellation)
    {
        // the deployment may have packaged it
        if (!Fleet.InContainers || built.Image != built.Trainer.Hash)
            return built;
        // once for a build, however many models it trains
        if (_packaged is { } packaged && ReferenceEquals(packaged.Built, built))
            return packaged.Packaged;
        var inImage = built with { Image = (await _engine.Package(cancellation))[ImageName.Model].Id };
        _packaged = (built, inImage);
        return inImage;
    }

    public override Task<TrainingRun> TrainAsync(TrainingRequest request, TrainerBuild build, Action<string> output, CancellationToken cancellation) =>
        LocalTraining.Loop(Store, Runner(build), Signer, Time, output, ModelRollouts).TrainAsync(request, output, cancellation);

    /// <summary>Runs jobs on this machine. The caller must hold the environment's lock.</summary>
    public LocalTrainingRunner Runner(TrainerBuild build) => new(Store, Trainer(build), Path.Combine(Folders.Work, "training-jobs"), Time, Prices);

    /// <summary>Stops the container of a job whose command died. The caller must hold the environment's lock.</summary>
    public void EndLostTraining() => _containers.Docker().Remove(_containers.NameOf(TrainerContainer.Name));

    private ITrainerProgram Trainer(TrainerBuild build) => build.Image == build.Trainer.Hash
        ? new TrainerProcess(build.Trainer.Assembly("Slipway.Trainer"), MaxJobDuration, Time)
        : new TrainerContainer(_containers, build.Image, MaxJobDuration, Time);

    public override async Task<IDeployment> BeginDeploymentAsync(
        ReleaseSet release, TrainerBuild built, IReadOnlyList<ModelFolder> models, IProgressReport report, CancellationToken cancellation)
    {
        RequireStore();
        Fleet.RequirePort();
        if (!Fleet.InContainers)
            return Deployment(
                new(_options.Fault is { } fault ? new ReleaseFolder(Folders).WithFault(release.Inference, fault) : release.Inference, release.Gateway), built, report);
        if (_options.Fault is not null)
            throw new UsageException("--fault needs servers that run as processes; these run in containers. ./build.sh --target=Deploy --fleet=processes changes that.");

        var images = await _engine.Package(cancellation);
        var (model, gateway) = (images[ImageName.Model], images[ImageName.Gateway]);
        return Deployment(new(Release(model), Release(gateway)), built with { Image = model.Id }, report);
    }

    private FleetDeployment Deployment(LocalRelease release, TrainerBuild trainer, IProgressReport report) =>
        new(this, new LocalReleaseFleet(this, release, trainer, report), trainer, report);

    private static ImageRelease Release(ReleaseImage image) => new(image.Content[..12], image.Id);

    /// <summary>Rejects a fleet without its store: a new store would start at version 1 again, and old prediction ids would refer to other models.</summary>
    /// <exception cref="SlipwayException">Services are running, but the store does not exist.</exception>
    public void RequireStore()
    {
        if (!Directory.Exists(Folders.Store) && Fleet.AllRunning().Any())
            throw new SlipwayException(
                $"Services are running, but their store '{Folders.Store}' is gone. Restore it; or run ./build.sh --target=Stop first to start over.");
    }

    public override async Task WaitUntilServingAsync(string model, int version, IProgressReport report, CancellationToken cancellation)
    {
        var servers = Servers;
        if ((await Heartbeats.WaitUntilServingAsync(servers, model, version, TimeSpan.Zero, cancellation)).Count == 0)
            return;

        await report.StepAsync($"Wait until the servers serve {model} version {version}", async _ =>
        {
            var behind = await Heartbeats.WaitUntilServingAsync(servers, model, version, Fleet.ReadyTimeout, cancellation);
            if (behind.Count > 0)
                throw new SlipwayException(
                    $"'{model}' version {version} is published, but {string.Join("; ", behind)}. The previous version is still served; see ./build.sh --target=Status.");
        });
    }

    public override Task<string> PrepareColorAsync(Color color, IProgressReport report, CancellationToken cancellation) => Task.FromResult(
        Fleet.RunningServers(color) is [var server, ..] ? server.Release : throw new SlipwayException(
            $"Traffic cannot be rolled back to {color.Word()}: it is not running. Start it again with ./build.sh --target=Deploy, then roll back again."));

    // an idle process costs nothing
    public override Task ScaleInAsync(Color color, IProgressReport report, CancellationToken cancellation) => Task.CompletedTask;

    public override async Task WaitForTrafficAsync(int revision, CancellationToken cancellation)
    {
        using var gateway = new GatewayClient(Gateway, Time);
        await new TrafficWait(async token => (await gateway.StatusAsync(token))?.State, TrafficTimeout, TrafficPause, Argument, Time).UntilAsync(revision, cancellation);
    }

    public override RolloutPlan? RolloutPlan => _options.Settings.Rollout;

    public override Task<RolloutEnd> WaitForRolloutAsync(DesiredTraffic asked, IProgressStep step, CancellationToken cancellation) =>
        new RolloutWait(Traffic, TrafficTimeout, TrafficPause, Argument, Time).UntilEndedAsync(asked, step, cancellation);

    public override Task ShowStatusAsync(IProgressReport report, CancellationToken cancellation) => report.ShowStatusAsync(this, cancellation);

    public override SignaturePolicy Signatures => new(
        _options.Settings.Signatures, new(SigningKeyFile.ReadTrusted(Folders.SigningKey, Folders.TrustedKeys)));

    // read each time: another command may have created or replaced it
    public override IManifestSigner Signer => SigningKeyFile.ReadOrCreate(Folders.SigningKey, Folders.TrustedKeys);

    public override IManifestSigner? MoveSigner => Signer;

    public override Task<PublicGateway> PublicGatewayAsync(CancellationToken cancellation) =>
        Task.FromResult(new PublicGateway(new(Gateway.Url!), ApiKey: null));

    public override Task<IReadOnlyList<LiveImage>> LiveImagesAsync(CancellationToken cancellation)
    {
        List<ServiceRecord> services = [.. Servers, Gateway];
        return services.Find(service => service.Image is null) is { } process
            ? throw new SlipwayException(
                $"'{process.Name}' runs as a process here, not in an image, so there is nothing to scan. ./build.sh --target=Deploy --fleet=docker runs images; ./build.sh --target=ScanImages scans those of this tree.")
            : Task.FromResult<IReadOnlyList<LiveImage>>([.. services.Select(service => new LiveImage(service.Name, service.Image!, ImageOrigin.Engine, service.Image!))]);
    }

    public override Task<byte[]> PredictionKeyAsync(CancellationToken cancellation) => Task.FromResult(PredictionKey.ReadOrCreate(Folders.PredictionKey));
}
