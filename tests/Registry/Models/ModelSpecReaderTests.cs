using System.Text;
using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Models;

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

    [TestCase("\\ud800")]
    [TestCase("\u00ff")]
    public void SaysThatTextIsNotValid(string word)
    {
        // Latin-1 makes a byte of it that is not UTF-8
        var json = Encoding.Latin1.GetBytes(Good.Replace("\"kind\": \"categorical\"", $"\"{word}\": \"categorical\"", StringComparison.Ordinal));

        Assert.That(() => ModelSpecReader.Read(json, "model.json"), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("model.json cannot be read:"));
    }

    [Test]
    public void ReadsCommentsAndTrailingCommas()
    {
        var spec = Read(Good);

        Assert.That((spec.Trainer, spec.Seed, spec.Features["kind"]), Is.EqualTo((TrainerNames.LightGbm, 1, ColumnKind.Categorical)));
    }

    [TestCase("\"trainer\"", "\"trainr\"", "'trainr' is unknown. Did you mean trainer?")]
    [TestCase("\"trainer\": \"LightGBM\"", "\"trainer\": \"\"", "'trainer' is empty. Trainers: boostedTrees, LightGBM, FastTree, linear.")]
    [TestCase("\"trainer\": \"LightGBM\"", "\"trainer\": 3", "'trainer' must be text in quotes, not 3.")]
    [TestCase("\"slices\"", "\"classes\": [\"a\", \"b\"], \"slices\"", "'classes' is only valid for multiclass models.")]
    [TestCase("\"atLeast\": 0.8", "\"atLeast\": 1.01", "The gate on 'auc' cannot be met: it is never more than 1.")]
    [TestCase("\"atLeast\": 0.8", "\"atMost\": -0.1", "The gate on 'auc' cannot be met: it is never less than 0.")]
    [TestCase("\"atLeast\": 0.8", "\"atLeast\": 0.9, \"atMost\": 0.8", "The gate on 'auc' cannot be met: 'atLeast' is more than 'atMost'.")]
    [TestCase("\"atLeast\": 0.8", "\"atLeast\": 1e999", "The gate on 'auc' has a bound that is not a finite number.")]
    [TestCase("{ \"atLeast\": 0.8 }", "{}", "The gate on 'auc' has no bound")]
    [TestCase("\"auc\"", "\"rmse\"", "There is no metric 'rmse'. Metrics of this task: averagePrecision, auc")]
    [TestCase("\"gates\": {", "\"gates\": { \"data\": { \"labelMean\": { \"atLeast\": 1 } },", "'gates.data.labelMean' is only valid for regression models.")]
    [TestCase("\"gates\": {", "\"gates\": { \"data\": { \"missingAtMost\": 3 },", "'missingAtMost' must be between 0 and 1")]
    [TestCase("\"gates\": {", "\"gates\": { \"champion\": { \"auc\": { \"lossAtMost\": -0.1 } },", "The accepted loss of 'auc' against the champion must be 0 or more")]
    [TestCase("\"gates\": {", "\"gates\": { \"latencyMicrosecondsAtMost\": 0,", "'gates.latencyMicrosecondsAtMost' must be greater than 0")]
    [TestCase("\"gates\": {", "\"gates\": { \"latencyMicrosecondsAtMost\": 1e999,", "'gates.latencyMicrosecondsAtMost' must be greater than 0, because every model takes some time, and finite")]
    [TestCase("\"slices\"", "\"hyperparameters\": { \"l2\": 1e999 }, \"slices\"", "'hyperparameters.l2' is too large for a number.")]
    [TestCase("[\"kind\"]", "[null]", "'slices[0]' must not be null.")]
    [TestCase("\"slices\"", "\"ignore\": [null], \"slices\"", "'ignore[0]' must not be null.")]
    [TestCase("{ \"atLeast\": 0.8 }", "null", "'gates.metrics.auc' must not be null.")]
    [TestCase("\"pressure\": \"numeric\"", "\"pressure\": \"text\"", "'features.pressure' is 'text'. Valid values: numeric, categorical.")]
    [TestCase("\"slices\"", "\"seed\": \"one\", \"slices\"", "'seed' must be a whole number, not \"one\".")]
    [TestCase("\"slices\"", "\"seed\": 1.5, \"slices\"", "'seed' must be a whole number, not 1.5.")]
    [TestCase("\"slices\"", "\"personal\": [\"kind\", \"name\"], \"slices\"", "'name' is listed under 'personal' and is not a feature")]
    [TestCase("\"slices\"", "\"personalInLog\": \"kept\", \"slices\"", "'personalInLog' is 'kept'. Valid values: hashed, dropped.")]
    [TestCase("\"slices\": [\"kind\"]", "\"slices\": \"kind\"", "'slices' must be a list in square brackets.")]
    [TestCase("\"atLeast\": 0.8", "\"atLest\": 0.8", "'gates.metrics.auc.atLest' is unknown. Did you mean atLeast? Valid members: atLeast, atMost.")]
    [TestCase("\"atLeast\": 0.8", "\"atLeast\": \"high\"", "'gates.metrics.auc.atLeast' must be a number, not \"high\".")]
    [TestCase("\"label\": \"failed\",", "", "'label' is missing.")]
    [TestCase("\"auc\"", "\"aucc\"", "There is no metric 'aucc'. Did you mean auc?")]
    [TestCase("\"label\": \"failed\"", "\"label\": \"pressure\"", "The target column 'pressure' is also a feature")]
    [TestCase("[\"kind\"]", "[\"pressure\"]", "The slice 'pressure' is not a categorical feature.")]
    [TestCase("\"slices\"", "\"retrain\": { \"on\": [] }, \"slices\"", "'retrain.on' is empty: list at least one of drift, accuracy, or remove 'retrain'")]
    [TestCase("\"slices\"", "\"retrain\": { \"on\": [\"data\"] }, \"slices\"", "'retrain.on[0]' is 'data'. Valid values: drift, accuracy.")]
    [TestCase("\"slices\"", "\"retrain\": { \"on\": [\"drift\", \"drift\"] }, \"slices\"", "'retrain.on' lists a cause twice.")]
    [TestCase("\"slices\"", "\"retrain\": { \"on\": [\"drift\"], \"cooldown\": \"1 day\" }, \"slices\"", "'retrain.cooldown' is '1 day'; expected hours, minutes and seconds such as 24:00:00.")]
    [TestCase("\"slices\"", "\"retrain\": { \"on\": [\"drift\"], \"cooldown\": \"8761:00:00\" }, \"slices\"", "expected at most 8760:00:00, which is a year.")]
    [TestCase("\"slices\"", "\"retrain\": { \"on\": [\"drift\"], \"perDay\": 0 }, \"slices\"", "'retrain.perDay' must be from 1 to 24.")]
    [TestCase("\"slices\"", "\"retrain\": { \"cooldown\": \"24:00:00\" }, \"slices\"", "'retrain.on' is missing.")]
    [TestCase("\"gates\"", "\"value\": { \"absoluteError\": -1 }, \"gates\"", "'value.absoluteError' is only valid for regression models.")]
    [TestCase("\"gates\"", "\"value\": { \"matrix\": { \"a\": { \"b\": 1 } } }, \"gates\"", "'value.matrix' is only valid for multiclass models: use 'truePositive'")]
    [TestCase("\"gates\"", "\"value\": {}, \"gates\"", "'value' says nothing: every prediction would be worth 0.")]
    [TestCase("\"gates\"", "\"value\": { \"truePositive\": 0 }, \"gates\"", "'value' says nothing")]
    [TestCase("\"gates\"", "\"value\": { \"truePositive\": 1e999 }, \"gates\"", "'value.truePositive' is not a finite number.")]
    [TestCase("\"gates\"", "\"value\": { \"unit\": \"\", \"truePositive\": 1 }, \"gates\"", "'value.unit' must be a short text such as EUR")]
    [TestCase("\"gates\"", "\"value\": { \"truePositives\": 1 }, \"gates\"", "'value.truePositives' is unknown. Did you mean truePositive?")]
    [TestCase("\"auc\"", "\"value\"", "There is a gate on 'value', but 'value' does not say what a prediction is worth")]
    public void SaysWhatIsWrongInTheWordsOfTheFile(string good, string bad, string message)
    {
        var spoiled = Good.Replace(good, bad, StringComparison.Ordinal);

        Assert.That(spoiled, Is.Not.EqualTo(Good));
        Assert.That(
            () => Read(spoiled),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("model.json is invalid:").And.Message.Contains(message));
    }

    [TestCase("", 24)]
    [TestCase(", \"cooldown\": \"24:00:00\"", 24)]
    [TestCase(", \"cooldown\": \"00:30:00\"", 0.5)]
    [TestCase(", \"cooldown\": \"168:00:00\"", 168)]
    public void HoursOfACooldownMayBeMoreThanADay(string cooldown, double hours)
    {
        var spec = Read(Good.Replace("\"slices\"", $"\"retrain\": {{ \"on\": [\"drift\", \"accuracy\"]{cooldown} }}, \"slices\"", StringComparison.Ordinal));

        Assert.That((spec.Retrain!.CooldownTime.TotalHours, spec.Retrain.PerDay), Is.EqualTo((hours, 1)));
        Assert.That(spec.Retrain.On, Is.EqualTo(new[] { RetrainKind.Drift, RetrainKind.Accuracy }));
    }

    [Test]
    public void AcceptsAGateOnTheValueOfPredictions()
    {
        var spec = Read(Good
            .Replace("\"auc\": {", "\"value\": { \"atLeast\": -500 }, \"auc\": {", StringComparison.Ordinal)
            .Replace("\"gates\"", "\"value\": { \"unit\": \"EUR\", \"falseNegative\": -5000, \"falsePositive\": -200 }, \"gates\"", StringComparison.Ordinal));

        Assert.That((spec.Value!.Unit, spec.Value.FalseNegative, spec.Gates.Metrics["value"].AtLeast), Is.EqualTo(("EUR", -5000, -500)));
    }

    [TestCase("{ \"x\": { \"b\": 1 } }", "'value.matrix' names 'x', which is not among 'classes'.")]
    [TestCase("{ \"a\": { \"b\": 1e999 } }", "'value.matrix.a.b' is not a finite number.")]
    public void ChecksTheMatrixOfValues(string matrix, string message) =>
        Assert.That(
            () => Read(Good
                .Replace("\"binary\"", "\"multiclass\"", StringComparison.Ordinal)
                .Replace("\"auc\"", "\"accuracy\"", StringComparison.Ordinal)
                .Replace("\"gates\"", $"\"classes\": [\"a\", \"b\"], \"value\": {{ \"matrix\": {matrix} }}, \"gates\"", StringComparison.Ordinal)),
            Throws.TypeOf<SlipwayException>().With.Message.Contains(message));

    [Test]
    public void SaysEverythingAtOnce() =>
        Assert.That(
            () => Read("""{ "task": "binry", "labl": "x" }"""),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("'task' is 'binry'").And.Message.Contains("'labl' is unknown").And.Message.Contains("'gates' is missing"));

    [Test]
    public void ReadsPastAByteOrderMark() => Assert.That(Read("\uFEFF" + Good).Label, Is.EqualTo("failed"));

    [Test]
    public void RefusesAMemberThatIsThereTwice() =>
        Assert.That(
            () => Read(Good.Replace("\"label\": \"failed\"", "\"label\": \"failed\", \"label\": \"broken\"", StringComparison.Ordinal)),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("model.json cannot be read: ").And.Message.Contains("label"));

    [TestCase("")]
    [TestCase("{")]
    [TestCase("nonsense")]
    public void NamesAFileThatIsNoJson(string json) =>
        Assert.That(() => Read(json), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("model.json cannot be read"));

    private static ModelSpec Read(string json) => ModelSpecReader.Read(Encoding.UTF8.GetBytes(json), "model.json");
}
