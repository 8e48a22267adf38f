using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Tests.Job;

/// <summary>Categories are compared by their meaning, however they are written, and a champion is not penalized for another spelling.</summary>
public sealed class CategoryFormTests
{
    private const string Spec = """
        { "description": "Whether somebody falls ill; made up.", "task": "binary", "label": "ill", "positive": "True", "id": ["id"],
          "features": { "smoker": "categorical", "dose": "numeric", "plan_id": "categorical" }, "trainer": "linear", "slices": ["plan_id"],
          "gates": { "metrics": { "auc": { "atLeast": 0.5 } } } }
        """;

    [Test]
    public async Task KeepsTheWordsOfTheDatasetAndSaysThatTheyAreValues()
    {
        using var room = await Room(Csv(["True", "False"], ["1", "2", "3"])).SucceedAsync();

        Assert.That(Columns(room), Is.EqualTo(new[] { "smoker False|True ByValue", "dose ", "plan_id 1|2|3 ByValue" }));
    }

    [Test]
    public async Task LearnsTheSameFromEverySpelling()
    {
        using var plain = await Room(Csv(["True", "False"], ["1", "2", "3"])).SucceedAsync();
        using var mixed = await Room(Csv(["True", "False", "TRUE", "false"], ["1", "2", "3", "1.0", "2.0", "3"])).SucceedAsync();
        var (one, other) = (Baseline(plain), Baseline(mixed));

        Assert.That(Columns(mixed), Is.EqualTo(new[] { "smoker False|TRUE ByValue", "dose ", "plan_id 1|2|3 ByValue" }));
        Assert.That(mixed.Read(ArtifactFiles.Golden, RegistryJson.Default.GoldenSet).Inputs, Is.EqualTo(plain.Read(ArtifactFiles.Golden, RegistryJson.Default.GoldenSet).Inputs));
        Assert.That(other.Columns.Select(column => column.Counts), Is.EqualTo(one.Columns.Select(column => column.Counts)));
    }

    [Test]
    public async Task DistinguishesVersions()
    {
        using var room = await Room(Csv(["True", "False"], ["3.1", "3.10", "3.2"])).SucceedAsync();

        Assert.That(Columns(room)[2], Is.EqualTo("plan_id 3.1|3.10|3.2 AsWritten"));
    }

    [Test]
    public async Task MeasuresTheChampionFairlyWhereCodesAreWrittenOtherwise()
    {
        var champion = await File.ReadAllBytesAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "Released", "illness-0.5.0.onnx"));
        using var same = await Room(Csv(["True", "False"], ["1", "2", "3"])).GiveChampion(champion).SucceedAsync();
        using var floats = await Room(Csv(["True", "False"], ["1.0", "2.0", "3.0"])).GiveChampion(champion).SucceedAsync();
        using var words = await Room(Csv(["True", "False"], ["one", "two", "three"])).GiveChampion(champion).SucceedAsync();

        Assert.That(Champion(same)["auc"].Value, Is.GreaterThan(0.7));
        Assert.That(Champion(floats), Is.EqualTo(Champion(same)));
        Assert.That(Champion(words)["auc"].Value, Is.LessThan(Champion(same)["auc"].Value), "unknown words are a different matter");
    }

    private static JobRoom Room(string csv) => new JobRoom().GiveSpec(Spec).GiveDataset(csv);

    private static string[] Columns(JobRoom room) =>
    [
        .. room.Read(ArtifactFiles.Schema, RegistryJson.Default.ModelSchema).Columns
            .Select(column => $"{column.Name} {string.Join('|', column.Categories ?? [])}{(column.Form is { } form ? $" {form}" : "")}"),
    ];

    private static FeatureBaseline Baseline(JobRoom room) => room.Read(ArtifactFiles.Baseline, RegistryJson.Default.FeatureBaseline);

    private static IReadOnlyDictionary<string, Metric> Champion(JobRoom room) => room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics).Champion!;

    /// <summary>The same people, whatever the words: yes and no come in turns through the spellings, and so do the three plans.</summary>
    private static string Csv(string[] smokers, string[] plans)
    {
        var random = new Random(3);
        var lines = Enumerable.Range(1, 600).Select(id =>
        {
            var (smoker, plan, dose) = (random.Next(2), random.Next(3), Math.Round(random.NextDouble() * 9, 1));
            var score = -1.5 + (smoker == 0 ? 1.9 : 0) + 0.25 * (dose - 4.5) + (plan == 0 ? -0.8 : plan == 1 ? 0.9 : 0);
            var ill = random.NextDouble() < 1 / (1 + Math.Exp(-score));
            return FormattableString.Invariant(
                $"{id},{smokers[smoker + 2 * (id % (smokers.Length / 2))]},{dose},{plans[plan + 3 * (id % (plans.Length / 3))]},{(ill ? "True" : "False")}");
        });
        return $"id,smoker,dose,plan_id,ill\n{string.Join('\n', lines)}\n";
    }
}
