using Slipway.Aws.Tests.Fixtures;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.PredictionLogs;
using Slipway.Registry.Predictions;

namespace Slipway.Aws.Tests.Services;

/// <summary>The real server on a bucket, as on ECS.</summary>
public sealed class ServerOnS3Tests
{
    private const string Secret = "a-secret-of-32-characters-or-more";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Discovery = TimeSpan.FromSeconds(5);
    private static readonly string[] Models = ["crane", "fan", "press", "pump"];

    private S3Bucket _bucket = null!;

    [SetUp]
    public async Task PublishModels()
    {
        _bucket = await S3Bucket.CreateAsync();
        var shop = new ModelShop(_bucket.Open());
        foreach (var model in Models)
            await shop.PublishAsync(new TestModel(0.5f), model);
    }

    [TearDown]
    public void CloseBucket() => _bucket?.Dispose();

    [Test]
    public async Task ServesModelsAndFollowsTheirChannels()
    {
        await using var server = await StartAsync();

        var id = await server.InferAsync("pump");
        Assert.That(new PredictionIds(PredictionKey.FromSecret(Secret)).IsAuthentic(id), id);
        Assert.That(string.Join('\n', server.Said), Does.Not.Contain(Secret));

        await new ModelShop(_bucket.Open()).PublishAsync(new TestModel(0.7f), "fan");
        await UntilAsync(async () => (await server.InferAsync("fan")).StartsWith("fan.2.", StringComparison.Ordinal), "the server answers with version 2");

        Assert.That(await _bucket.Probe().ListAsync("replicas/"), Is.EqualTo(new[] { "replicas/blue-1.json" }));
        await server.StopAsync();
        Assert.That(await _bucket.Probe().ListAsync("replicas/"), Is.Empty, "a server that leaves takes its heartbeat along");
        Assert.That(PredictionIds.TryParse(id, out var prediction));
        Assert.That(await new PredictionLogReader(_bucket.Open()).FindAsync(prediction, id, CancellationToken.None), Is.Not.Null, "the log is written when the last request is through");
    }

    /// <summary>Buckets are billed by requests, so nothing may poll more often than its interval.</summary>
    [Test]
    public async Task AsksNoMoreThanItsIntervalsSay()
    {
        await using var server = await StartAsync();
        var started = TimeProvider.System.GetTimestamp();
        var before = MotoServer.RequestsTo(_bucket.Name).Count;

        await Task.Delay(Discovery, TimeProvider.System);

        var asked = MotoServer.RequestsTo(_bucket.Name).Skip(before).GroupBy(Kind).ToDictionary(kind => kind.Key, kind => kind.Count());
        var elapsed = TimeProvider.System.GetElapsedTime(started); // delays are longer on a busy machine
        Assert.That(asked.Keys, Is.SubsetOf(new[] { "GET", "PUT", "LIST" }));
        Assert.That(asked["GET"], Is.InRange(1, Most(Poll) * Models.Length), "a poll for each model");
        Assert.That(asked["PUT"], Is.InRange(1, Most(Heartbeat)), "a heartbeat");
        Assert.That(asked.GetValueOrDefault("LIST"), Is.InRange(0, Most(Discovery)), "a look for new models");

        int Most(TimeSpan interval) => (int)(elapsed / interval) + 2; // one under way at either end
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = _bucket.Client.Config.ServiceURL,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["SLIPWAY_TrustedKeys"] = ModelShop.Key.Key.ToPem(),
        ["SLIPWAY_Store"] = $"s3://{_bucket.Name}",
        ["SLIPWAY_Url"] = "http://127.0.0.1:0",
        ["SLIPWAY_Replica"] = "blue-1",
        ["SLIPWAY_Key"] = Secret,
        ["SLIPWAY_PollInterval"] = $"{Poll:c}",
        ["SLIPWAY_HeartbeatInterval"] = $"{Heartbeat:c}",
        ["SLIPWAY_DiscoveryInterval"] = $"{Discovery:c}",
        ["SLIPWAY_DrainDelay"] = "00:00:00",
    });

    private static string Kind(string request) => request.Contains("list-type=2", StringComparison.Ordinal) ? "LIST" : request.Split(' ')[0];

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var time = TimeProvider.System;
        for (var started = time.GetTimestamp(); !await condition(); await Task.Delay(TimeSpan.FromMilliseconds(50), time))
            Assert.That(time.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(60)), $"Waited in vain until {what}.");
    }
}
