using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Monitoring.Drift;

namespace Slipway.Registry.Tests.Properties;

/// <summary>A kind of record, with valid ones: those of an earlier release, and those that it did not have yet.</summary>
public sealed class StoredRecordSample(string name, byte[][] valid, Func<byte[], object> read, Func<object, byte[]> write)
{
    private const string Key = "some/record.json";
    private const string Job = "Stores/0.5.0/store/training-jobs/pumps-d476329db07b-a1";
    private const string Traffic = "Stores/0.5.0/store/traffic";

    public static IReadOnlyList<StoredRecordSample> All { get; } =
    [
        Of(RegistryJson.Default.ModelManifest, File("Stores/0.5.0/store/models/pumps/versions/0000000003.json")),
        Of(RegistryJson.Default.ChannelPointer, File("Stores/0.5.0/store/models/pumps/channels/blue.json")),
        Of(RegistryJson.Default.ChannelCatalog, Written(new(new Dictionary<string, CatalogedChannel> { ["pumps"] = new(3, 4, "0a"), ["fans"] = new(1, 1, "0b") }), RegistryJson.Default.ChannelCatalog)),
        Of(RegistryJson.Default.HistoryEntry, File("Stores/0.5.0/store/models/pumps/history/0000000004.json")),
        Of(RegistryJson.Default.TrainingRecipe, File("Stores/0.5.0/store/models/pumps/recipe.json")),
        Of(RegistryJson.Default.Lineage, File($"{Job}/lineage.json")),
        Of(RegistryJson.Default.TrainingOutcome, File($"{Job}/outcome.json")),
        Of(RegistryJson.Default.RegisteredVersion, Written(new("pumps", 3), RegistryJson.Default.RegisteredVersion)),
        Of(RegistryJson.Default.ModelMetrics, Written(SampleManifests.Metrics, RegistryJson.Default.ModelMetrics)),
        Of(RegistryJson.Default.ModelSchema, Written(SampleManifests.Schema, RegistryJson.Default.ModelSchema)),
        Of(RegistryJson.Default.FeatureBaseline, Written(
            new(9, [new("type", ColumnKind.Categorical, null, [4, 5, 0], 0, null, null), new("torque", ColumnKind.Numeric, [1, 2.5f], [3, 3, 3], 1, 2, 0.5)]), RegistryJson.Default.FeatureBaseline)),
        Of(RegistryJson.Default.TrainingEvidence, Written(
            new("linear", new Dictionary<string, string> { ["l2"] = "1" }, 1, "a", 9, "b", "X64", new Dictionary<string, string> { [".NET"] = "10" }), RegistryJson.Default.TrainingEvidence)),
        Of(RegistryJson.Default.DesiredTraffic, File($"{Traffic}/main/desired.json"), File("Rollouts/Stored/desired.json")),
        Of(RegistryJson.Default.TrafficState, File($"{Traffic}/main/state.json"), File("Rollouts/Stored/state-progressing.json"), File("Rollouts/Stored/state-of-a-model.json")),
        Of(RegistryJson.Default.RolloutObservation, File("Rollouts/Stored/observation.json")),
        Of(RegistryJson.Default.RolloutRecord, File("Rollouts/Stored/rollout.json")),
        Of(RegistryJson.Default.RetrainState, Written(
            new(
                RetrainPhase.CoolsDown, "The model is not trained yet.", DateTimeOffset.UnixEpoch, new("accuracy", "b", "recall is 0.4", 2), new("datasets/pumps/may.csv", "v2", DateTimeOffset.UnixEpoch),
                [new(new("drift", "a", "torque has drifted", 1), new("datasets/pumps/april.csv", "v1", DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch, "pumps-0123456789ab-a1")]),
            RegistryJson.Default.RetrainState)),
        Of(RegistryJson.Default.DriftWindow, Written(SampleDrift.Window, RegistryJson.Default.DriftWindow)),
        Of(RegistryJson.Default.DriftVerdict, Written(SampleDrift.Verdict, RegistryJson.Default.DriftVerdict)),
        Of(RegistryJson.Default.ReplicaHeartbeat, File("Stores/0.5.0/store/replicas/blue-1.json")),
    ];

    public byte[][] Valid => valid;

    public object Read(byte[] bytes) => read(bytes);

    public byte[] Write(object record) => write(record);

    /// <returns>Null if it is reported as unreadable, by its key.</returns>
    public object? TryRead(byte[] bytes)
    {
        try
        {
            return read(bytes);
        }
        catch (UnreadableObjectException e)
        {
            Assert.That(e.Message, Does.StartWith($"'{Key}' in the store is ").And.Not.Contain("   at "));
            return null;
        }
    }

    public override string ToString() => name;

    // complete already, because the content is in memory
    private static StoredRecordSample Of<T>(JsonTypeInfo<T> type, params byte[][] valid) where T : class => new(
        typeof(T).Name, valid,
        bytes => StoreJson.DeserializeAsync(new(new(Key, "", bytes.Length, "", default), new MemoryStream(bytes)), type).GetAwaiter().GetResult(),
        record => JsonSerializer.SerializeToUtf8Bytes((T)record, type));

    private static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, name));

    private static byte[] Written<T>(T record, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(record, type);
}
