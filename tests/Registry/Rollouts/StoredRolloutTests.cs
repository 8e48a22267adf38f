using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Stores;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Tests.Rollouts;

/// <summary>Gateways and deployments of several releases share these records: each reads what the others write.</summary>
public sealed class StoredRolloutTests
{
    private static readonly TestCaseData[] Records =
    [
        Record("desired", RegistryJson.Default.DesiredTraffic),
        Record("state-progressing", RegistryJson.Default.TrafficState),
        Record("state-of-a-model", RegistryJson.Default.TrafficState),
        Record("observation", RegistryJson.Default.RolloutObservation),
        Record("rollout", RegistryJson.Default.RolloutRecord),
    ];

    [TestCaseSource(nameof(Records))]
    public void IsReadWholeAndWrittenAgain(string name, JsonTypeInfo type)
    {
        var written = JsonNode.Parse(Written(Text(name), type));

        Assert.That(Lost(JsonNode.Parse(Text(name)), written), Is.Empty, "members that were added since may be there too");
    }

    [TestCaseSource(nameof(Records))]
    public void MembersOfALaterReleaseAreIgnoredWhereverTheyAre(string name, JsonTypeInfo type)
    {
        var later = JsonNode.Parse(Text(name))!;
        foreach (var node in Objects(later).ToList())
            if (node.GetPath() is var path && !path.EndsWith("buckets", StringComparison.Ordinal) && !path.EndsWith("histories", StringComparison.Ordinal)) // these have no members
                node["addedLater"] = new JsonObject { ["steps"] = new JsonArray(1, 5, 25) };

        Assert.That(Written(later.ToJsonString(), type), Is.EqualTo(Written(Text(name), type)));
    }

    [TestCaseSource(nameof(Records))]
    public void ATornRecordIsDamage(string name, JsonTypeInfo type)
    {
        var text = Text(name);
        for (var length = 0; length < text.TrimEnd().Length; length += 97)
            Assert.That(() => JsonSerializer.Deserialize(text[..length], type), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void ARunningRolloutIsContinuedFromItsRecord()
    {
        var (state, desired) = (Read("state-progressing", RegistryJson.Default.TrafficState), Read("desired", RegistryJson.Default.DesiredTraffic));
        var counts = state.Rollout!.Verdict!.Counts.Plus(SampleRollouts.Counts(25, candidate: 30, candidateErrors: 30, stable: 90));

        var next = RolloutPolicy.Next(state, desired, new(new(2, 2), StableIsHealthy: true, counts, ProbeCounts.None, ShadowCounts.None, null, TimeSpan.FromSeconds(1)));

        Assert.That((state.Phase, state.Rollout.Share, state.Rollout.Step), Is.EqualTo((TrafficPhase.Progressing, 25, 2)));
        Assert.That((next.Phase, next.Live, next.Revision), Is.EqualTo((TrafficPhase.RolledBack, Color.Blue, 12)));
        Assert.That(next.Rollout!.Elapsed, Is.EqualTo(state.Rollout.Elapsed + TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void TheRecordedVerdictsAreRecomputed()
    {
        var record = Read("rollout", RegistryJson.Default.RolloutRecord);

        foreach (var (verdict, slow) in record.Events.Where(one => one.Verdict is not null).Select(one => (one.Verdict!, one.SlowMicroseconds)))
        {
            var again = VerdictPolicy.Recompute(record.Plan, verdict, slow);
            Assert.That((again.Result, again.Source, again.Sentence, again.LnFail), Is.EqualTo((verdict.Result, verdict.Source, verdict.Sentence, verdict.LnFail)));
        }
        Assert.That(record.Events.Count(one => one.Verdict is not null), Is.GreaterThan(1));
    }

    [Test]
    public async Task RecordsWithoutARolloutAreReadAndCarriedOn()
    {
        using var store = new ReleasedStore("0.5.0");
        var state = (await store.Store.ReadAsync(StoreKeys.TrafficState("main"), RegistryJson.Default.TrafficState))!.Value;
        var desired = (await store.Store.ReadAsync(StoreKeys.DesiredTraffic("main"), RegistryJson.Default.DesiredTraffic))!.Value;

        Assert.That((state.Rollout, state.Outbox, desired.Plan, desired.ApprovedStep), Is.EqualTo(((RolloutState?)null, (IReadOnlyList<TrafficNotification>?)null, (RolloutPlan?)null, (int?)null)));
        Assert.That(state.SplitOf("pumps"), Is.EqualTo(state.Split));
        Assert.That(RolloutPolicy.Governs(state, desired), Is.False);
        var next = RolloutPolicy.Next(
            state, desired with { Plan = SampleRollouts.Plan }, new(new(1, 1), true, RolloutCounts.None, ProbeCounts.None, ShadowCounts.None, null, TimeSpan.Zero));
        Assert.That((next.Phase, next.Rollout!.Plan.Id), Is.EqualTo((TrafficPhase.Preparing, "r2")));
    }

    [Test]
    public void APhaseOfALaterReleaseKeepsItsSplit()
    {
        var state = JsonSerializer.Deserialize(Replaced("state-progressing", "\"progressing\"", "\"experimenting\""), RegistryJson.Default.TrafficState)!;
        var desired = Read("desired", RegistryJson.Default.DesiredTraffic);

        Assert.That((state.Phase, state.Split, state.Rollout!.Share), Is.EqualTo((TrafficPhase.Unknown, new TrafficSplit(75, 25), 25)));
        Assert.That(
            RolloutPolicy.Next(state, desired, new(new(0, 2), false, RolloutCounts.None, ProbeCounts.None, ShadowCounts.None, null, TimeSpan.Zero)), Is.SameAs(state));
    }

    [Test]
    public void AModelsRolloutInAnUnknownPhaseKeepsItsRequestsWhereTheyAre()
    {
        var state = JsonSerializer.Deserialize(Replaced("state-of-a-model", "\"baking\"", "\"experimenting\""), RegistryJson.Default.TrafficState)!;

        Assert.That((state.Phase, state.SplitOf("pumps"), state.SplitOf("other")), Is.EqualTo((TrafficPhase.Unknown, new TrafficSplit(10, 90), TrafficSplit.All(Color.Blue))));
    }

    [TestCase("\"inconclusive\"", "\"undecided\"")]
    [TestCase("\"requests\"", "\"oracle\"")]
    [TestCase("\"check\": \"errors\"", "\"check\": \"drift\"")]
    public void WordsOfALaterReleaseInAVerdictLeaveTheRolloutReadable(string word, string later)
    {
        var state = JsonSerializer.Deserialize(Replaced("state-progressing", word, later), RegistryJson.Default.TrafficState)!;
        var desired = Read("desired", RegistryJson.Default.DesiredTraffic);

        var next = RolloutPolicy.Next(
            state, desired, new(new(2, 2), true, state.Rollout!.Verdict!.Counts, ProbeCounts.None, ShadowCounts.None, null, TimeSpan.Zero));

        Assert.That((next.Phase, next.Rollout!.Share, next.Rollout.Verdict!.Result), Is.EqualTo((TrafficPhase.Progressing, 25, VerdictResult.Inconclusive)), "it is judged again");
    }

    private static TestCaseData Record(string name, JsonTypeInfo type) => new TestCaseData(name, type).SetArgDisplayNames(name);

    private static T Read<T>(string name, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Text(name), type)!;

    private static string Text(string name) => File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Rollouts", "Stored", $"{name}.json"));

    private static string Written(string text, JsonTypeInfo type) => JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type), type);

    /// <summary>The path of each value in a record that another lacks.</summary>
    private static IEnumerable<string> Lost(JsonNode? stored, JsonNode? written) => (stored, written) switch
    {
        (JsonObject one, JsonObject other) => one.SelectMany(member => Lost(member.Value, other[member.Key])),
        (JsonArray one, JsonArray other) when one.Count == other.Count => one.Zip(other, Lost).SelectMany(lost => lost),
        _ => JsonNode.DeepEquals(stored, written) ? [] : [stored?.GetPath() ?? "null"],
    };

    private static string Replaced(string name, string word, string later)
    {
        Assert.That(Text(name), Does.Contain(word));
        return Text(name).Replace(word, later, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Objects(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
