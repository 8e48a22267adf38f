using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Tests.Stores;

/// <summary>What earlier releases wrote is read, whole, and carried on.</summary>
public sealed class ReleasedStoreTests
{
    // the first that fits; records of other parts are read where those are tested
    private static readonly (string Pattern, JsonTypeInfo? Type)[] Records =
    [
        ("^models/[^/]+/versions/", RegistryJson.Default.ModelManifest),
        ("^models/[^/]+/channels/", RegistryJson.Default.ChannelPointer),
        ("^models/[^/]+/history/", RegistryJson.Default.HistoryEntry),
        ("^models/[^/]+/signatures/", SigningJson.Default.DsseEnvelope),
        ("^models/[^/]+/recipe.json", RegistryJson.Default.TrainingRecipe),
        ("^catalog/", RegistryJson.Default.ChannelCatalog),
        ("^training-jobs/[^/]+/lineage.json", RegistryJson.Default.Lineage),
        ("^training-jobs/[^/]+/outcome.json", RegistryJson.Default.TrainingOutcome),
        ("^training-jobs/[^/]+/registered.json", RegistryJson.Default.RegisteredVersion),
        ("^traffic/[^/]+/desired.json", RegistryJson.Default.DesiredTraffic),
        ("^traffic/[^/]+/state.json", RegistryJson.Default.TrafficState),
        ("^traffic/[^/]+/observations/", RegistryJson.Default.RolloutObservation),
        ("^traffic/[^/]+/rollouts/", RegistryJson.Default.RolloutRecord),
        ("^replicas/", RegistryJson.Default.ReplicaHeartbeat),
        ("^training-jobs/[^/]+/input/spec/", null),
        ("^releases/", null),
        ("^locks/", null),
    ];

    private static readonly string[] MustBeThere = ["/versions/", "/channels/", "/history/", "/signatures/", "recipe.json", "lineage.json", "outcome.json", "desired.json", "state.json", "replicas/"];

    [TestCaseSource(typeof(ReleasedStore), nameof(ReleasedStore.All))]
    public async Task EveryRecordIsRead(string release)
    {
        using var store = new ReleasedStore(release);
        var keys = await store.Store.ListKeysAsync("").Where(key => key.EndsWith(".json", StringComparison.Ordinal)).ToListAsync();

        foreach (var key in keys)
            if (TypeOf(key) is { } type)
                Assert.That(() => JsonSerializer.Deserialize(File.ReadAllText(store.FileOf(key)), type), Throws.Nothing, key);
        foreach (var kind in MustBeThere)
            Assert.That(keys, Has.Some.Contains(kind), "a kind of record that is missing is not tested");
    }

    [TestCaseSource(typeof(ReleasedStore), nameof(ReleasedStore.All))]
    public async Task RecordsOfALaterReleaseAreReadAsFarAsTheyAreKnown(string release)
    {
        using var store = new ReleasedStore(release);
        await foreach (var key in store.Store.ListKeysAsync("").Where(key => key.EndsWith(".json", StringComparison.Ordinal)))
        {
            if (TypeOf(key) is not { } type)
                continue;
            var record = JsonNode.Parse(await File.ReadAllTextAsync(store.FileOf(key)))!;
            var before = JsonSerializer.Serialize(JsonSerializer.Deserialize(record.ToJsonString(), type), type);

            record["addedLater"] = new JsonObject { ["steps"] = new JsonArray(1, 5, 25) };

            Assert.That(JsonSerializer.Serialize(JsonSerializer.Deserialize(record.ToJsonString(), type), type), Is.EqualTo(before), key);
        }
    }

    [Test]
    public void WordsOfALaterReleaseLeaveTheRestReadable()
    {
        var state = Read(new TrafficState(3, TrafficPhase.Idle, new(90, 10), Color.Green, "a canary", new("me", 7), default), "\"idle\"", "\"canary\"", RegistryJson.Default.TrafficState);
        Assert.That((state.Phase, state.Split, state.Live, state.Revision), Is.EqualTo((TrafficPhase.Unknown, new TrafficSplit(90, 10), Color.Green, 3)));

        var desired = Read(new DesiredTraffic(3, Color.Green, TrafficAction.Deploy, "r", "ann", "because", default), "\"deploy\"", "\"shadow\"", RegistryJson.Default.DesiredTraffic);
        Assert.That((desired.Action, desired.Color, desired.Revision), Is.EqualTo((TrafficAction.Unknown, Color.Green, 3)));

        var heartbeat = Read(
            new ReplicaHeartbeat("blue-1", Color.Blue, "http://127.0.0.1:1", "r", 1, true, false, [new("m", 2, "a", 2, ServedModelState.Serving, null, [])], default),
            "\"serving\"", "\"baking\"", RegistryJson.Default.ReplicaHeartbeat);
        Assert.That((heartbeat.Ready, heartbeat.Models[0].State, heartbeat.Models[0].Version), Is.EqualTo((true, ServedModelState.Unknown, 2)));

        var entry = Read(new HistoryEntry(1, "m", HistoryAction.Publish, Colors.All, null, 1, "ann", "because", default, null), "\"publish\"", "\"retire\"", RegistryJson.Default.HistoryEntry);
        Assert.That((entry.Action, entry.To), Is.EqualTo((HistoryAction.Unknown, 1)));

        var outcome = Read(new TrainingOutcome("m-0-a1", TrainingResult.Stopped, "because", null, null, default), "\"stopped\"", "\"expired\"", RegistryJson.Default.TrainingOutcome);
        Assert.That((outcome.Result, outcome.Reason), Is.EqualTo((TrainingResult.Unknown, "because")));
    }

    [TestCase("7")]
    [TestCase("null")]
    [TestCase("{}")]
    public void WhatIsNoWordIsDamage(string value)
    {
        var text = Text(new TrafficState(3, TrafficPhase.Idle, new(90, 10), Color.Green, "", new("me", 7), default), RegistryJson.Default.TrafficState);

        Assert.That(
            () => JsonSerializer.Deserialize(text.Replace("\"idle\"", value, StringComparison.Ordinal), RegistryJson.Default.TrafficState), Throws.InstanceOf<JsonException>());
    }

    [TestCaseSource(typeof(ReleasedStore), nameof(ReleasedStore.All))]
    public async Task NothingInItIsTakenForTampering(string release)
    {
        using var store = new ReleasedStore(release);
        foreach (var model in await new ModelVersions(store.Store).ModelsAsync(default))
        {
            var audited = await new ModelAudit(store.Store, new(SignatureMode.Enforce, new(store.Trusted))).RunAsync(model, default);

            Assert.That(audited.Problems.Where(problem => problem.IsTampering), Is.Empty);
            Assert.That((audited.Versions, audited.History.Entries.Count), Is.EqualTo((3, 4)));
        }
    }

    [TestCaseSource(typeof(ReleasedStore), nameof(ReleasedStore.All))]
    public async Task ItIsCarriedOn(string release)
    {
        using var store = new ReleasedStore(release);
        var (versions, channels) = (new ModelVersions(store.Store), new ModelChannels(store.Store, TimeProvider.System));
        Assert.That(await versions.ModelsAsync(default), Is.EqualTo(new[] { SampleManifests.Model }));
        var seen = await channels.SnapshotAsync(SampleManifests.Model, default);
        Assert.That((seen.Champion, seen.Head.Number, seen.IsUnderWay), Is.EqualTo((2, 4, false)));

        var made = await versions.RegisterAsync(
            SampleManifests.Model, number => SampleManifests.Create(number, "next", parent: 2) with { After = seen.Head }, SampleManifests.Signer, default);
        var entry = await channels.MoveAsync(
            new(SampleManifests.Model, made.Version, HistoryAction.Publish, Colors.All, "ann", "It passed.", Expected: made.After), default);

        Assert.That((made.Version, entry.Number), Is.EqualTo((4, 5)));
        Assert.That(await new ModelHistory(store.Store).VerifyAsync(SampleManifests.Model, default), Is.Empty);
        foreach (var color in Colors.All)
            Assert.That((await store.Store.ReadAsync(StoreKeys.Catalog(color), RegistryJson.Default.ChannelCatalog))!.Value.Models[SampleManifests.Model].Version, Is.EqualTo(4));
    }

    [TestCaseSource(typeof(ReleasedStore), nameof(ReleasedStore.All))]
    public async Task VersionsOfItsJobsAreFound(string release)
    {
        using var store = new ReleasedStore(release);
        var versions = new ModelVersions(store.Store);
        for (var version = 1; version <= 3; version++)
        {
            var manifest = await versions.GetAsync(SampleManifests.Model, version, default);
            Assert.That((await versions.FindByTrainingJobAsync(manifest!.Lineage, default))!.Version, Is.EqualTo(version));
            Assert.That(await store.Store.HeadAsync(StoreKeys.TrainingRegistered(manifest.Lineage.TrainingJob)), Is.Not.Null, "from then on by one look");
        }
    }

    private static JsonTypeInfo? TypeOf(string key) => Records.First(record => Regex.IsMatch(key, record.Pattern)).Type;

    private static T Read<T>(T record, string word, string later, JsonTypeInfo<T> type)
    {
        var text = Text(record, type);
        Assert.That(text, Does.Contain(word));
        return JsonSerializer.Deserialize(text.Replace(word, later, StringComparison.Ordinal), type)!;
    }

    private static string Text<T>(T record, JsonTypeInfo<T> type) => JsonSerializer.Serialize(record, type);
}
