using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Time.Testing;
using Slipway.Automation.Aws;
using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Tests.SageMaker;
using Slipway.Automation.Traffic;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Tests.Aws;

/// <summary>An environment on AWS in memory: a bucket, SageMaker, and the events that they send.</summary>
internal sealed class AwsFixture
{
    public const string Model = "pumps";
    public const string Image = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>In place of the key in KMS.</summary>
    public static LocalKeySigner Signer { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public AwsFixture()
    {
        Store = new(Time);
        Channels = new(Store, Time);
        Versions = new(Store);
        Jobs = new(Store);
        Traffic = new(Store, Environment.Gateway, Time);
        Waiting = new(Store, Environment.Gateway, Time);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    public BucketStore Store { get; }
    public FakeSageMaker SageMaker { get; } = new();
    public FakeScaling Scaling { get; } = new();
    public ModelChannels Channels { get; }
    public ModelVersions Versions { get; }
    public TrainingJobs Jobs { get; }
    public DesiredTrafficStore Traffic { get; }
    public WaitingJobs Waiting { get; }
    public List<string> Notices { get; } = [];

    /// <summary>The plan of the environment's rollouts.</summary>
    public RolloutPlan? Plan { get; set; }

    public static AwsEnvironmentRecord Environment { get; } = new(
        "test", "eu-central-1", "slipway-test", "main", "https://slipway.test", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:key", null,
        new("slipway", "gateway", "blue", "green", 2, 1, 600),
        new("111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/model", "111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/gateway"),
        new("arn:aws:iam::111122223333:role/training", "ml.m5.large", 30, 3600, true, "arn:aws:kms:eu-central-1:111122223333:key/1", ["subnet-1"], ["sg-1"], "slipway-test-"),
        new("slipway-dataset-arrived", "slipway-training-finished", "https://sqs.eu-central-1.amazonaws.com/111122223333/dead-letters"),
        new("arn:aws:kms:eu-central-1:111122223333:key/2", SignatureMode.Enforce, Signer.Key.ToPem()));

    public SageMakerJobs Training => new(SageMaker.Client, Store, Environment);
    public ModelPackages Packages => new(SageMaker.Client, Environment);

    /// <param name="retrain">The member, in JSON.</param>
    public static byte[] Spec(double atLeast = 0.8, string trainer = TrainerNames.Linear, string delivery = "swap", string retrain = "null") => Encoding.UTF8.GetBytes(
        $$"""
        {
          "description": "Pumps that are about to fail", "task": "binary", "label": "failed", "trainer": "{{trainer}}",
          "features": { "pressure": "numeric" },
          "delivery": "{{delivery}}", "retrain": {{retrain}},
          "gates": { "metrics": { "averagePrecision": { "atLeast": {{atLeast.ToString(CultureInfo.InvariantCulture)}} } } },
        }
        """);

    /// <summary>What Deploy leaves for a model.</summary>
    public Task Deploys(char commit = 'c', byte[]? spec = null, PriceTable? prices = null) => Store.WriteAsync(
        StoreKeys.Recipe(Model),
        new(Model, Encoding.UTF8.GetString(spec ?? Spec()), new(new(commit, 40), false), new(Image, "X64", new Dictionary<string, string>()), "deployer", Time.GetUtcNow(), prices),
        RegistryJson.Default.TrainingRecipe, PutCondition.None);

    /// <returns>The event of it.</returns>
    public async Task<DatasetArrival> Drops(string csv, string file = "pumps.csv")
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        var key = StoreKeys.Dataset(Model, file);
        var put = await Store.PutAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(csv)), PutCondition.None);
        return new(Model, key, put!.Version);
    }

    public Task<EventResponse> Arrives(DatasetArrival arrival) =>
        new AwsDatasetArrived(Store, DatasetTraining, Retraining, Environment).HandleAsync(arrival, default);

    /// <summary>Version 1 has predicted, and its label has come since.</summary>
    public async Task Predicts(DateTimeOffset at, float score, int label)
    {
        var id = new PredictionIds(new byte[16]).Create(Model, 1, "blue-1", at, 1UL << 32);
        using var nothing = JsonDocument.Parse("[{}]");
        await LogAsync($"{StoreKeys.PredictionHour(Model, at)}blue-1.jsonl.gz", new(id, Model, 1, "job", "blue-1", Color.Blue, at, nothing.RootElement, [[score]], 10), RegistryJsonLines.Default.PredictionRecord);
        using var truth = JsonDocument.Parse(label.ToString(CultureInfo.InvariantCulture));
        await LogAsync($"{StoreKeys.PredictionHour(Model, at)}feedback.blue-1.jsonl.gz", new(id, Model, 1, "blue-1", Time.GetUtcNow(), truth.RootElement), RegistryJsonLines.Default.FeedbackRecord);
    }

    /// <summary>A request with many rows.</summary>
    public Task Predicts(DateTimeOffset at, IReadOnlyList<double> pressures)
    {
        var id = new PredictionIds(new byte[16]).Create(Model, 1, "blue-2", at, 1UL << 32);
        var rows = JsonSerializer.SerializeToElement(pressures.Select(pressure => new Dictionary<string, double> { ["pressure"] = pressure }));
        return LogAsync(
            $"{StoreKeys.PredictionHour(Model, at)}blue-2.jsonl.gz",
            new(id, Model, 1, "job", "blue-2", Color.Blue, at, rows, [.. pressures.Select(_ => new[] { 0.5f })], 10), RegistryJsonLines.Default.PredictionRecord);
    }

    private async Task LogAsync<T>(string key, T record, JsonTypeInfo<T> type)
    {
        using var content = new MemoryStream();
        await using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            await JsonSerializer.SerializeAsync(gzip, record, type);
        content.Position = 0;
        await Store.PutAsync(key, content, PutCondition.Absent);
    }

    /// <summary>The causes that monitoring has found.</summary>
    public FakeCauses Causes { get; } = new();

    public AwsRetraining Retraining => new(Store, DatasetTraining, Causes, Time);

    private AwsDatasetTraining DatasetTraining => new(Store, Training, Environment, Time);

    public Task<EventResponse> Ends(string job, TrainingEnd end) => Finished().HandleAsync(job, end, default);

    /// <summary>The gateway tells that a rollout has ended, or it is time for a look.</summary>
    public Task<EventResponse> Looks() =>
        new AwsRolloutEnded(Store, Traffic, new(Store, Traffic, Environment.Signing.ToPolicy(), Time, Notices.Add, Signer), Capacity, Finished(), Waiting, Time).HandleAsync(default);

    private AwsRolloutCapacity Capacity => new(Environment, Store, new(Environment, Scaling.Client, Time));

    private AwsTrainingFinished Finished() => new(
        Store, new(Store, Signer, Time, Notices.Add, Training, new(Store, Traffic, Plan, Time, Capacity)), Training, Packages, Waiting, Time);

    /// <summary>The gateway reaches a phase of what was requested last.</summary>
    public async Task GatewayReaches(TrafficPhase phase)
    {
        var asked = await Traffic.ReadAsync(default);
        var live = (await Traffic.StateAsync(default))?.Live ?? Color.Blue;
        var ended = phase is TrafficPhase.Promoted or TrafficPhase.RolledBack or TrafficPhase.Halted;
        await Store.WriteAsync(
            StoreKeys.TrafficState(Environment.Gateway),
            new(
                ended ? asked!.Revision : asked!.Revision - 1, phase, TrafficSplit.All(live), live, "because", new(null, asked.Revision), Time.GetUtcNow(),
                asked.Plan is { } plan ? new(plan, asked.Color, 0, 0, default, default, 0, null, null) : null),
            RegistryJson.Default.TrafficState, PutCondition.None);
    }

    public Task<EventResponse> Completes(string job) => Ends(job, TrainingEnd.Completed);

    /// <summary>A person rejects a version in the model registry, and the event of that comes.</summary>
    public Task<EventResponse> Rejects(int version, string? reason = null)
    {
        Changes(version, "Rejected", reason);
        return Rejected(version);
    }

    public void Changes(int version, string status, string? reason = null) =>
        SageMaker.Approvals[Arn(version)] = (status, "arn:aws:iam::111122223333:user/ada", reason);

    public Task<EventResponse> Rejected(int version) =>
        new AwsPackageRejected(Store, Packages, Environment.Signing.ToPolicy(), Signer, Traffic, Time).HandleAsync(new(Model, Arn(version)), default);

    /// <summary>From a dataset to a published version.</summary>
    public async Task<string> Trains(string csv, byte fill, string file = "pumps.csv")
    {
        var job = await Begins(csv, fill, file);
        await Completes(job);
        return job;
    }

    /// <summary>From a dataset to a training job whose end is not known yet.</summary>
    public async Task<string> Begins(string csv, byte fill, string file = "pumps.csv")
    {
        var before = SageMaker.Jobs.Keys.ToList();
        await Arrives(await Drops(csv, file));
        var job = SageMaker.Jobs.Keys.Except(before).Single();
        await Leaves(job, fill);
        return job;
    }

    public async Task RollsBack(int from, int to) => await Channels.MoveAsync(
        new(Model, to, HistoryAction.Rollback, Colors.All, "tester", "It was worse.", [(await Versions.GetAsync(Model, from, default))!.Artifact.OnnxSha256]), default);

    public async Task<(int? Blue, int? Green)> Live() => (
        (await Channels.GetAsync(Model, Color.Blue, default))?.Value.Version,
        (await Channels.GetAsync(Model, Color.Green, default))?.Value.Version);

    public async Task<int[]> VersionsAsync() => [.. await Versions.ListAsync(Model, default).ToListAsync()];

    /// <summary>Lets time pass, second by second, until something has happened.</summary>
    public async Task Passes(Func<bool> until)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!until())
        {
            limit.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    /// <summary>What the trainer leaves where SageMaker puts it.</summary>
    public async Task Leaves(string job, byte fill = 1, double averagePrecision = 0.9)
    {
        using var candidate = new CandidateFolder(fill, averagePrecision, await InputAsync(job, "spec"), Convert.ToHexStringLower(SHA256.HashData(await InputAsync(job, "training"))));
        using var archive = new MemoryStream();
        await ArtifactArchive.PackAsync(candidate.Path, archive, default);
        archive.Position = 0;
        await Store.PutAsync(StoreKeys.TrainingArtifact(job), archive, PutCondition.None);
    }

    private async Task<byte[]> InputAsync(string job, string channel)
    {
        var input = (await Store.ListAsync($"{StoreKeys.TrainingInput(job)}{channel}/").ToListAsync()).Single();
        await using var found = await Store.GetAsync(input.Key);
        using var bytes = new MemoryStream();
        await found!.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static string Arn(int version) => FakeSageMaker.Arn($"slipway-test-{Model}", version);
}
