using Slipway.Registry.Models;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Tests.Evaluation;

public sealed class PermutationImportanceTests
{
    private static readonly ColumnSchema[] Columns =
    [
        new("unused", ColumnKind.Numeric, null, 0, 0, 1),
        new("kind", ColumnKind.Categorical, ["a", "b"], null, null, null),
        new("size", ColumnKind.Numeric, null, 0, 0, 1),
    ];

    // size counts ten times, kind once, and the first column not at all
    private static readonly Func<float[], int, float[]> Score = (values, width) =>
        [.. values.Chunk(width).Select(row => row[1] - row[2] + (10 * row[3]))];

    [Test]
    public void ColumnCountsAsMuchAsTheModelUsesIt()
    {
        var importance = Measure(rows: 400, seed: 1);

        Assert.That(importance.Keys, Is.EqualTo(new[] { "unused", "kind", "size" }));
        Assert.That(importance["unused"], Is.Zero);
        // values a and b at even chances differ by 2: a stranger's is off by 0 or 2, so rmse is sqrt(2); uniform numbers differ by sqrt(1/6)
        Assert.That(importance["kind"], Is.EqualTo(Math.Sqrt(2)).Within(0.1));
        Assert.That(importance["size"], Is.EqualTo(10 / Math.Sqrt(6)).Within(0.4));
    }

    [Test]
    public void SameSeedGivesTheSameNumbers()
    {
        var (first, second, other) = (Measure(400, seed: 1), Measure(400, seed: 1), Measure(400, seed: 2));

        Assert.That(second, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void LargeHoldoutCostsNoMoreThanItsBudget()
    {
        var scored = 0;
        var importance = new PermutationImportance(ModelTask.Regression, (values, width) =>
        {
            scored += values.Length / width;
            return Score(values, width);
        });
        var (values, labels) = Rows(50_000);

        importance.Of(Columns, values, labels, seed: 1);
        Assert.That(scored, Is.LessThanOrEqualTo(32_000));
    }

    [TestCase(ModelTask.Binary, "logLoss")]
    [TestCase(ModelTask.Multiclass, "logLoss")]
    [TestCase(ModelTask.Regression, "rmse")]
    public void LossFitsTheTask(ModelTask task, string loss)
    {
        Assert.That(PermutationImportance.LossOf(task), Is.EqualTo(loss));
        Assert.That(MetricNames.For(task), Does.Contain(loss));
    }

    private static IReadOnlyDictionary<string, double> Measure(int rows, int seed)
    {
        var (values, labels) = Rows(rows);
        return new PermutationImportance(ModelTask.Regression, Score).Of(Columns, values, labels, seed);
    }

    private static (float[] Values, float[] Labels) Rows(int count)
    {
        var random = new Random(9);
        float[] values = [.. Enumerable.Range(0, count).SelectMany(row => (float[])[random.NextSingle(), row % 2, (row + 1) % 2, random.NextSingle()])];
        return (values, Score(values, 4));
    }
}
