using Slipway.Registry.Models;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Tests.Evaluation;

public sealed class DisagreementsTests
{
    [Test]
    public void EachBinaryModelDecidesByItsOwnThreshold()
    {
        var found = Disagreements.Between(ModelTask.Binary, 4, new([0.2f, 0.4f, 0.6f, 0.8f], 0.5), new([0.2f, 0.4f, 0.6f, 0.8f], 0.3))!;

        Assert.That((found.Rows, found.Disagreed, found.Tolerance), Is.EqualTo((4L, 1L, (double?)null)));
        Assert.That(found.Low, Is.EqualTo(0.04558726).Within(1e-6));
        Assert.That(found.High, Is.EqualTo(0.69935816).Within(1e-6));
    }

    [Test]
    public void TheMostProbableClassIsThePrediction()
    {
        var found = Disagreements.Between(
            ModelTask.Multiclass, 2, new([0.5f, 0.3f, 0.2f, 0.1f, 0.2f, 0.7f], null), new([0.4f, 0.35f, 0.25f, 0.1f, 0.7f, 0.2f], null))!;

        Assert.That(found.Disagreed, Is.EqualTo(1));
    }

    [Test]
    public void ValuesDisagreeBeyondTheNinetyFifthPercentileOfTheirDifferences()
    {
        var champion = new float[100];
        float[] candidate = [.. Enumerable.Range(1, 100).Select(row => row % 2 == 0 ? row : -row)];

        var found = Disagreements.Between(ModelTask.Regression, 100, new(candidate, null), new(champion, null))!;

        Assert.That((found.Tolerance, found.Disagreed), Is.EqualTo((95.0, 5L)));
    }

    [Test]
    public void EqualValuesNeverDisagree()
    {
        var found = Disagreements.Between(ModelTask.Regression, 2, new([1, 2], null), new([1, 2], null))!;

        Assert.That((found.Tolerance, found.Disagreed), Is.EqualTo((0.0, 0L)));
    }

    [Test]
    public void OutputsOfAnotherWidthAreNotCompared() =>
        Assert.That(Disagreements.Between(ModelTask.Multiclass, 2, new(new float[4], null), new(new float[6], null)), Is.Null);
}
