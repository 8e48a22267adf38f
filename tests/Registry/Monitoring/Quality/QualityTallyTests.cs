using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Registry.Tests.Monitoring.Quality;

/// <summary>What is summed as it streams in, against the metrics of a training job, which have all rows at once.</summary>
public sealed class QualityTallyTests
{
    private static readonly PredictionValue BinaryValue = PredictionValue.Of(new(TruePositive: 3, FalsePositive: -2, FalseNegative: -50), ModelTask.Binary, ["0", "1"])!;
    private static readonly PredictionValue NumberValue = PredictionValue.Of(new(Prediction: 1, Overestimate: -2, Underestimate: -3), ModelTask.Regression, [])!;

    private static readonly PredictionValue ClassValue = PredictionValue.Of(
        new(Matrix: new Dictionary<string, IReadOnlyDictionary<string, double>> { ["a"] = new Dictionary<string, double> { ["a"] = 1, ["c"] = -9 } }), ModelTask.Multiclass, ["a", "b", "c"])!;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void AgreesWithTheTrainingJobOnABinaryModel(int seed)
    {
        var (scores, labels) = Binary(3000, seed);
        var tally = new BinaryTally(0.3, BinaryValue);
        for (var row = 0; row < labels.Length; row++)
            tally.Add([scores[row]], labels[row]);

        var exact = ScoredRows.Of(ModelTask.Binary, scores, labels, 0.3, BinaryValue);
        var expected = exact.Metrics.Zip(exact.Measure()).ToDictionary(metric => metric.First, metric => metric.Second);
        var metrics = tally.ToMetrics();
        Assert.That(metrics.Keys, Is.EquivalentTo(expected.Keys));
        foreach (var name in expected.Keys.Except(["auc", "averagePrecision"]))
            Assert.That(metrics[name].Value, Is.EqualTo(expected[name]).Within(1e-9 * Math.Max(1, Math.Abs(expected[name]))), name);
        Assert.That(metrics["auc"].Value, Is.EqualTo(expected["auc"]).Within(tally.AucOfTies + 1e-12));
        Assert.That(tally.AucOfTies, Is.LessThan(0.005));
        Assert.That(metrics["averagePrecision"].Value, Is.EqualTo(expected["averagePrecision"]).Within(0.02));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void AgreesWithTheTrainingJobOnAMulticlassModel(int seed)
    {
        var (scores, labels) = Classes(2000, seed);
        var tally = new MulticlassTally(3, ClassValue);
        for (var row = 0; row < labels.Length; row++)
            tally.Add(scores.AsSpan(row * 3, 3), labels[row]);

        AssertAgree(tally, ScoredRows.Of(ModelTask.Multiclass, scores, labels, null, ClassValue));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void AgreesWithTheTrainingJobOnARegressionModel(int seed)
    {
        var (scores, labels) = Numbers(2001, seed);
        var tally = new RegressionTally(1000, NumberValue);
        for (var row = 0; row < labels.Length; row++)
            tally.Add([scores[row]], labels[row]);

        AssertAgree(tally, ScoredRows.Of(ModelTask.Regression, scores, labels, null, NumberValue), approximate: "medianAbsoluteError", within: 0.025);
    }

    [TestCase(ModelTask.Binary)]
    [TestCase(ModelTask.Multiclass)]
    [TestCase(ModelTask.Regression)]
    public void PartsInAnyOrderAddUpToTheWhole(ModelTask task)
    {
        var whole = Tally(task);
        var parts = Enumerable.Range(0, 4).Select(_ => Tally(task)).ToArray();
        var (scores, labels) = Rows(task);
        var width = scores.Length / labels.Length;
        for (var row = 0; row < labels.Length; row++)
        {
            whole.Add(scores.AsSpan(row * width, width), labels[row]);
            parts[row * 7 % 4].Add(scores.AsSpan(row * width, width), labels[row]);
        }

        var sum = Tally(task);
        foreach (var part in parts.Reverse())
            sum.Add(part.ToSums());
        var metrics = whole.ToMetrics();
        foreach (var (name, metric) in sum.ToMetrics())
            Assert.That((metric.Value, metric.Low ?? 0, metric.High ?? 0), Is.EqualTo((metrics[name].Value, metrics[name].Low ?? 0, metrics[name].High ?? 0)).Using<(double, double, double)>(Close), name);
        Assert.That(sum.Labels, Is.EqualTo(labels.Length));
    }

    [TestCase(ModelTask.Binary)]
    [TestCase(ModelTask.Multiclass)]
    [TestCase(ModelTask.Regression)]
    public void TheBootstrapOfTheTrainingJobGivesSimilarIntervals(ModelTask task)
    {
        var tally = Tally(task);
        var (scores, labels) = Rows(task);
        var width = scores.Length / labels.Length;
        for (var row = 0; row < labels.Length; row++)
            tally.Add(scores.AsSpan(row * width, width), labels[row]);

        var expected = ScoredRows.Of(task, scores, labels, 0.3, Value(task)).ToMetrics(seed: 1);
        foreach (var (name, metric) in tally.ToMetrics())
        {
            var half = (expected[name].High!.Value - expected[name].Low!.Value) / 2;
            Assert.That(metric.Low, Is.EqualTo(expected[name].Low).Within(half / 2), name);
            Assert.That(metric.High, Is.EqualTo(expected[name].High).Within(half / 2), name);
        }
    }

    [Test]
    public void FewLabelsGiveMeansNoInterval()
    {
        var tally = new RegressionTally(0, null);
        for (var row = 0; row < QualityTally.MinLabels - 1; row++)
            tally.Add([row], row + 1);

        Assert.That(tally.ToMetrics()["mae"], Is.EqualTo(new Metric(1)));
        tally.Add([0], 1);
        Assert.That(tally.ToMetrics()["mae"].Low, Is.Not.Null);
    }

    [TestCase(ModelTask.Binary)]
    [TestCase(ModelTask.Multiclass)]
    [TestCase(ModelTask.Regression)]
    public void WithoutLabelsNothingIsDefined(ModelTask task) => Assert.That(Tally(task).ToMetrics(), Is.Empty);

    [TestCase(ModelTask.Binary)]
    [TestCase(ModelTask.Multiclass)]
    [TestCase(ModelTask.Regression)]
    public void APredictionThatIsNotANumberIsLeftOut(ModelTask task)
    {
        var tally = Tally(task);
        tally.Add([float.NaN, float.NaN, float.NaN], 1);

        Assert.That(tally.Labels, Is.Zero);
    }

    private static QualityTally Tally(ModelTask task) => task switch
    {
        ModelTask.Binary => new BinaryTally(0.3, BinaryValue),
        ModelTask.Multiclass => new MulticlassTally(3, ClassValue),
        _ => new RegressionTally(1000, NumberValue),
    };

    private static PredictionValue Value(ModelTask task) => task switch { ModelTask.Binary => BinaryValue, ModelTask.Multiclass => ClassValue, _ => NumberValue };

    private static (float[] Scores, float[] Labels) Rows(ModelTask task) => task switch
    {
        ModelTask.Binary => Binary(1500, 5),
        ModelTask.Multiclass => Classes(1500, 5),
        _ => Numbers(1500, 5),
    };

    private static (float[], float[]) Binary(int rows, int seed)
    {
        var random = new Random(seed);
        float[] scores = [.. Enumerable.Range(0, rows).Select(_ => (float)Math.Pow(random.NextDouble(), 3))];
        return (scores, [.. scores.Select(score => random.NextDouble() < score ? 1f : 0f)]);
    }

    private static (float[], float[]) Classes(int rows, int seed)
    {
        var random = new Random(seed);
        var (scores, labels) = (new float[rows * 3], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            double[] raw = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            for (var i = 0; i < 3; i++)
                scores[(row * 3) + i] = (float)(raw[i] / raw.Sum());
            var draw = random.NextDouble();
            labels[row] = draw < scores[row * 3] ? 0 : draw < scores[row * 3] + scores[(row * 3) + 1] ? 1 : 2;
        }

        return (scores, labels);
    }

    private static (float[], float[]) Numbers(int rows, int seed)
    {
        var random = new Random(seed);
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => 1000 + (float)(100 * random.NextDouble()))];
        return ([.. labels.Select(label => label + (float)(30 * (random.NextDouble() - 0.4)))], labels);
    }

    private static void AssertAgree(QualityTally tally, ScoredRows exact, string? approximate = null, double within = 0)
    {
        var metrics = tally.ToMetrics();
        Assert.That(metrics.Keys, Is.EquivalentTo(exact.Metrics));
        foreach (var (name, value) in exact.Metrics.Zip(exact.Measure()))
            Assert.That(metrics[name].Value, Is.EqualTo(value).Within((name == approximate ? within : 1e-9) * Math.Max(1, Math.Abs(value))), name);
    }

    private static bool Close((double Value, double Low, double High) one, (double Value, double Low, double High) other) =>
        Near(one.Value, other.Value) && Near(one.Low, other.Low) && Near(one.High, other.High);

    private static bool Near(double one, double other) => Math.Abs(one - other) <= 1e-9 * Math.Max(1, Math.Abs(other));
}
