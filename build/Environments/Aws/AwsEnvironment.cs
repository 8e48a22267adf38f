using Slipway.Automation;
using Slipway.Automation.Aws;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Signing;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Aws;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Environments.SmokeTests;
using Slipway.Build.Environments.Training;
using Slipway.Build.Images;
using Slipway.Build.Images.Scanning;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Aws;

/// <summary>An environment on AWS. Terraform describes it in Parameter Store.</summary>
public sealed class AwsEnvironment : SlipwayEnvironment
{
    private static readonly TimeSpan ServingTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TrafficTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan CompletionTimeout = TimeSpan.FromMinutes(3);

    // a server on AWS writes a heartbeat every five seconds; a shorter interval would declare live servers dead
    private static readonly TimeSpan QuickLook = TimeSpan.FromSeconds(12);

    private readonly TreeImages _images;

    public AwsEnvironment(
        AwsEnvironmentRecord record, AwsSettings settings, AwsClients clients, IObjectStore store, LocalFolders folders, TreeImages images, TimeProvider time)
        : base(record.Name, folders, store, record.Gateway, time)
    {
        (Record, Settings, Clients, _images) = (record, settings, clients, images);
        Fleet = new(record, clients.Ecs, settings, time);
        Capacity = new(record, clients.Scaling, time);
    }

    public AwsEnvironmentRecord Record { get; }
    public AwsSettings Settings { get; }
    public AwsClients Clients { get; }
    public EcsFleet Fleet { get; }
    public ColorCapacity Capacity { get; }
    public Recipes Recipes => new(Store, Time, Prices);

    public override string Argument => $" --environment={Name}";

    public override string PriceRegion => Record.Region;

    /// <param name="images">The images of this tree, which a deployment pushes.</param>
    /// <param name="prices">What things cost; null if nobody says.</param>
    /// <exception cref="SlipwayException">AWS cannot be reached, or the environment has not been created.</exception>
    public static async Task<AwsEnvironment> OpenAsync(
        string name, AwsSettings settings, LocalFolders folders, TreeImages images, TimeProvider time, CancellationToken cancellation, PriceTable? prices = null)
    {
        var clients = new AwsClients(settings);
        var record = await new AwsEnvironmentSource(clients.Parameters, settings).ReadAsync(name, cancellation);
        return new AwsEnvironment(record, settings, clients, new S3ObjectStore(clients.S3, record.Bucket, time), folders, images, time) { Prices = prices };
    }

    // A training job may take hours and moves channels by compare-and-swap; only traffic changes need the lock.
    protected override async Task<IEnvironmentLock> LockAsync(string target, string by, IProgressReport report, CancellationToken cancellation) =>
        target is TargetNames.Deploy or TargetNames.Rollback
            ? await StoreLock.TakeAsync(
                Store, Record.Gateway, new(target, by, System.Environment.MachineName, Time.GetUtcNow(), Renewal: 0), report.Line, Time, cancellation)
            : NoLock.Instance;

    public override string PathOf(string key) => $"s3://{Record.Bucket}/{key}";

    public override string PlaceOfLog(string job) => $"CloudWatch, log group {TrainingJobLog.Group}, streams {job}/...";

    public override string HowDataArrives(string model) => $"upload it to {PathOf(StoreKeys.DatasetsOf(model))}";

    public override DatasetJobs AllJobs => RecentJobs.OfAnAnswer(Store);

    public override Task<IReadOnlyList<DatasetJob>> JobsAsync(string model, CancellationToken cancellation) =>
        new RecentJobs(Store).OfAsync(model, cancellation);

    /// <remarks>The spec is that of this tree; the code that trains it is the deployed one. Datasets that arrive later are trained on with the same.</remarks>
    public override async Task<TrainerBuild> TrainerBuildAsync(ModelFolder model, TrainerBuild built, CancellationToken cancellation)
    {
        var known = await Recipes.FindAsync(model.Name, cancellation)
            ?? throw new SlipwayException($"'{model.Name}' has not been deployed to '{Name}' yet. Deploy it, with the image that trains it: ./build.sh --target=Deploy{Argument}");
        var build = built with { Image = known.Environment.Image, Source = known.Source };
        await Recipes.WriteAsync(model, build, cancellation);
        return build;
    }

    public override Task<TrainingRun> TrainAsync(TrainingRequest request, TrainerBuild build, Action<string> output, CancellationToken cancellation) =>
        new TrainingLoop(
            new(Store, Time, DatasetArrived.HashAtMostOnAws),
            new SageMakerTrainingRunner(new(Clients.SageMaker, Store, Record), Clients.Logs, Record.Training, Time),
            new LambdaOutcome(Store, Record.Automation, Record.Gateway, Time)).TrainAsync(request, output, cancellation);

    public override async Task<IDeployment> BeginDeploymentAsync(
        ReleaseSet release, TrainerBuild built, IReadOnlyList<ModelFolder> models, IProgressReport report, CancellationToken cancellation)
    {
        var images = Settings.Images == ImageSource.Folders
            ? await report.StepAsync("Copy folders in place of images", _ => new FolderImages(Record, Clients.Ecr).PushAsync(release, built.Source, cancellation))
            : await new AwsRelease(new(Record, Clients.Ecr), Releases, Record.Fleet.Architecture, _images.Record(), token => _images.Publish(this, token), report).RequireAsync(
                new(BuildIdentity.Version, built.Source, _images.Platform), built.By, cancellation);
        report.Table("Images", [new(ImageName.Model, images.Model.Uri), new(ImageName.Gateway, images.Gateway.Uri), .. images.OtherTrainer is { } other ? [new KeyValuePair<string, string>("trainer", other.Uri)] : Array.Empty<KeyValuePair<string, string>>()]);
        var trainer = built with { Image = images.Trainer.Digest, Source = images.Source };
        foreach (var model in models)
            await Recipes.WriteAsync(model, trainer, cancellation);
        return new FleetDeployment(this, new EcsReleaseFleet(this, images, report), trainer, report);
    }

    public override async Task WaitUntilServingAsync(string model, int version, IProgressReport report, CancellationToken cancellation)
    {
        var expected = 0;
        foreach (var color in Colors.All)
            expected += (await Fleet.DescribeAsync(Fleet.Server(color), cancellation)).DesiredCount ?? 0;
        if (expected == 0)
            return;

        await report.StepAsync($"Wait until the servers serve {model} version {version}", async step =>
        {
            var missing = await WaitForServersAsync(replicas => ServingPolicy.Missing(replicas, expected, model, version), step, cancellation);
            if (missing is not null)
                throw new SlipwayException(
                    $"'{model}' version {version} is published, but {missing}. The previous version is still served; see ./build.sh --target=Status{Argument}");
        });
    }

    public override async Task<string> PrepareColorAsync(Color color, IProgressReport report, CancellationToken cancellation)
    {
        var service = Fleet.Server(color);
        var release = await Fleet.ReleaseAsync(service, cancellation)
            ?? throw new SlipwayException($"Traffic cannot be rolled back to {color.Word()}: no release is running there. Deploy a release with ./build.sh --target=Deploy{Argument}");
        await Capacity.HoldAsync(color, Record.Fleet.Capacity, cancellation);
        var running = (await Fleet.DescribeAsync(service, cancellation)).DesiredCount ?? 0;
        if (running < Record.Fleet.Capacity)
        {
            report.Line($"{color.Word()} was scaled in to {running} of {Record.Fleet.Capacity} servers after the rollback window; scaling it out first.");
            await report.StepAsync($"Scale {color.Word()} to {Record.Fleet.Capacity}", step => Fleet.ScaleAsync(service, Record.Fleet.Capacity, step, cancellation));
        }

        await WaitUntilReadyAsync(color, release, Record.Fleet.Capacity, report, cancellation);
        return release;
    }

    public override async Task ScaleInAsync(Color color, IProgressReport report, CancellationToken cancellation)
    {
        // both colors were kept as large as the rollout found the live one; from here on, autoscaling decides about that again
        await Capacity.HoldAsync(color.Other(), Record.Fleet.Capacity, cancellation);
        var until = await Capacity.ReleaseLaterAsync(color, cancellation);
        report.Line($"{color.Word()} may be scaled in to {Record.Fleet.IdleMinimum} after {until:u}; until then, traffic can be rolled back to it within seconds.");
    }

    /// <summary>Waits until enough servers of a color report that they run a release and are ready.</summary>
    public Task WaitUntilReadyAsync(Color color, string release, int least, IProgressReport report, CancellationToken cancellation) =>
        report.StepAsync($"Wait until {color.Word()} is ready", async step =>
        {
            var missing = await WaitForServersAsync(replicas => ServingPolicy.NotReady(replicas, color, release, least), step, cancellation);
            if (missing is not null)
                throw new SlipwayException($"{color.Word()} is not ready for traffic: {missing}. Traffic was not moved.");
        });

    /// <summary>Waits until the live servers meet a condition.</summary>
    /// <returns>What is still missing at the timeout; null if nothing is.</returns>
    public Task<string?> WaitForServersAsync(Func<IReadOnlyList<ReplicaHeartbeat>, string?> problem, IProgressStep step, CancellationToken cancellation) =>
        LiveReplicas().WaitAsync(problem, ServingTimeout, step.Now, cancellation);

    public override Task WaitForTrafficAsync(int revision, CancellationToken cancellation) =>
        new TrafficWait(Traffic.StateAsync, TrafficTimeout, Fleet.Pause, Argument, Time).UntilAsync(revision, cancellation);

    public override RolloutPlan? RolloutPlan => Settings.Rollout;

    public override Task<RolloutEnd> WaitForRolloutAsync(DesiredTraffic asked, IProgressStep step, CancellationToken cancellation) =>
        new RolloutWait(Traffic, TrafficTimeout, Fleet.Pause, Argument, Time).UntilEndedAsync(asked, step, cancellation);

    // the function signs what it moves, and the role of Train may move nothing; a command only does it where the function fails
    public override async Task WaitForCompletionAsync(RolloutCompletion completion, IProgressReport report, CancellationToken cancellation)
    {
        if (await completion.IsOpenAsync(cancellation))
            await report.StepAsync($"Wait until {Record.Automation.TrainingFinished} has completed the rollout", async step =>
            {
                if (await Poll.UntilAsync(() => completion.IsOpenAsync(cancellation), isOpen => !isOpen, CompletionTimeout, Fleet.Pause, Time, cancellation))
                    step.Note($"it has not, and the log group /aws/lambda/{Record.Automation.TrainingFinished} says why; doing it from here");
            });
    }

    public override Task ShowStatusAsync(IProgressReport report, CancellationToken cancellation) =>
        new AwsStatusReport(this, LiveReplicas(), QuickLook).ShowAsync(report, cancellation);

    public override async Task<ServingSize?> ServingSizeAsync(CancellationToken cancellation)
    {
        var size = new ServingSize(0, 0, 0);
        foreach (var service in Colors.All.Select(Fleet.Server).Append(Fleet.Gateway))
            if (await Fleet.SizeAsync(service, cancellation) is { } part)
                size = new(size.Tasks + part.Tasks, size.Cpus + part.Cpus, size.Gigabytes + part.Gigabytes);
            else
                return null;
        return size;
    }

    public override SignaturePolicy Signatures => Record.Signing.ToPolicy();

    public override IManifestSigner Signer => new KmsManifestSigner(Clients.Kms, Record.Signing);

    public override async Task<PublicGateway> PublicGatewayAsync(CancellationToken cancellation)
    {
        if (await Traffic.StateAsync(cancellation) is null)
            throw new SlipwayException($"Nothing is running in '{Name}' yet: no gateway has received traffic there. Deploy first: ./build.sh --target=Deploy{Argument}");
        return new(new(Record.PublicUrl), Record.ApiKeySecret is { } secret ? await SecretAsync(secret, "read the callers' API key", cancellation) : null);
    }

    // only from ECS, which lists what is running: a scan should not need permission to read the store
    public override async Task<IReadOnlyList<LiveImage>> LiveImagesAsync(CancellationToken cancellation)
    {
        if (Settings.Images == ImageSource.Folders)
            throw new SlipwayException($"'{Name}' runs build output from folders, not images, so there is nothing to scan. ./build.sh --target=ScanImages scans the images of this tree.");
        var found = new List<LiveImage>();
        foreach (var (name, service) in Colors.All.Select(color => (color.Word(), Fleet.Server(color))).Append((ImageName.Gateway, Fleet.Gateway)))
            found.AddRange((await Fleet.ImagesAsync(service, cancellation)).Select(image => new LiveImage(name, image.Uri, ImageOrigin.Registry, image.Digest)));
        return found.Count > 0
            ? found
            : throw new SlipwayException($"Nothing is running in '{Name}', so there is nothing to scan. Deploy first: ./build.sh --target=Deploy{Argument}");
    }

    public override async Task<byte[]> PredictionKeyAsync(CancellationToken cancellation) =>
        PredictionKey.FromSecret(await SecretAsync(Record.PredictionKeySecret, "read the key of prediction ids", cancellation));

    private async Task<string> SecretAsync(string secret, string what, CancellationToken cancellation) => (await AwsErrors.GuardAsync(
        "secretsmanager:GetSecretValue", what, () => Clients.Secrets.GetSecretValueAsync(new() { SecretId = secret }, cancellation))).SecretString;

    private LiveReplicas LiveReplicas() => new(Store, Time);

    private sealed class NoLock : IEnvironmentLock
    {
        public static NoLock Instance { get; } = new();

        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
