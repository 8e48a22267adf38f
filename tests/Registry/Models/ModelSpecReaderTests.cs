using System.Text;

namespace Slipway.Registry.Tests;

public sealed class ModelSpecReaderTests
{
    private const string Good = """
        {
          // what the tests spoil, one thing at a time
          "description": "Pumps", "task": "binary", "label": "failed", "trainer": "LightGBM",
          "features": { "pressure": "numeric", "kind": "categorical" },
          "slices": ["kind"],
          "gates": { "metrics": { "auc": { "atLeast": 0.8 } } },
        }
        """;

    [Test]
    public void ReadsCommentsAndTrailingCommas()
    {
        var spec = Read(Good);

        Assert.That((spec.Trainer, spec.Seed, spec.Features["kind"]), Is.EqualTo((TrainerKind.LightGBM, 1, ColumnKind.Categorical)));
    }

    [TestCase("\"trainer\"", "\"trainr\"", "'trainr' is unknown. Did you mean trainer?")]
    [TestCase("\"trainer\": \"LightGBM\"", "\"trainer\": \"lightgm\"", "'trainer' is 'lightgm'. Did you mean LightGBM? There are: LightGBM, FastTree, linear.")]
    [TestCase("\"pressure\": \"numeric\"", "\"pressure\": \"text\"", "'features.pressure' is 'text'. There are: numeric, categorical.")]
    [TestCase("\"slices\"", "\"seed\": \"one\", \"slices\"", "'seed' must be a whole number, not \"one\".")]
    [TestCase("\"slices\"", "\"seed\": 1.5, \"slices\"", "'seed' must be a whole number, not 1.5.")]
    [TestCase("\"slices\": [\"kind\"]", "\"slices\": \"kind\"", "'slices' must be a list in square brackets.")]
    [TestCase("\"atLeast\": 0.8", "\"atLest\": 0.8", "'gates.metrics.auc.atLest' is unknown. Did you mean atLeast? There are: atLeast, atMost.")]
    [TestCase("\"atLeast\": 0.8", "\"atLeast\": \"high\"", "'gates.metrics.auc.atLeast' must be a number, not \"high\".")]
    [TestCase("\"label\": \"failed\",", "", "'label' is missing.")]
    [TestCase("\"auc\"", "\"aucc\"", "There is no metric 'aucc' to gate. Did you mean auc?")]
    [TestCase("\"label\": \"failed\"", "\"label\": \"pressure\"", "The label 'pressure' is also a feature")]
    [TestCase("[\"kind\"]", "[\"pressure\"]", "The slice 'pressure' is not a categorical feature.")]
    public void SaysWhatIsWrongInTheWordsOfTheFile(string good, string bad, string message)
    {
        var spoiled = Good.Replace(good, bad, StringComparison.Ordinal);

        Assert.That(spoiled, Is.Not.EqualTo(Good));
        Assert.That(
            () => Read(spoiled),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("model.json does not make sense:").And.Message.Contains(message));
    }

    [Test]
    public void SaysEverythingAtOnce() =>
        Assert.That(
            () => Read("""{ "task": "binry", "labl": "x" }"""),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("'task' is 'binry'").And.Message.Contains("'labl' is unknown").And.Message.Contains("'gates' is missing"));

    [TestCase("")]
    [TestCase("{")]
    [TestCase("nonsense")]
    public void NamesAFileThatIsNoJson(string json) =>
        Assert.That(() => Read(json), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("model.json can not be read"));

    private static ModelSpec Read(string json) => ModelSpecReader.Read(Encoding.UTF8.GetBytes(json), "model.json");
}
