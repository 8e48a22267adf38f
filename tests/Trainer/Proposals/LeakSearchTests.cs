using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.FirstModels;

namespace Slipway.Trainer.Tests.Proposals;

public sealed class LeakSearchTests
{
    private const int Rows = 400;
    private static readonly Random Random = new(3);
    private static readonly float[] Noise = [.. Enumerable.Range(0, Rows).Select(_ => (float)Random.NextDouble())];
    private static readonly LeakSearch Binary = new(ModelTask.Binary, "y", ["no", "yes"]);
    private static readonly LeakSearch Regression = new(ModelTask.Regression, "y", []);

    [Test]
    public void SuspectsTheLabelInOtherWords()
    {
        float[] labels = Made(i => i % 3 == 0 ? 1 : 0);

        Assert.That(Binary.LeakWarning(Made(i => i % 3 == 0 ? 7 : 2), labels, null), Is.EqualTo("predicts 'y' on its own"));
        Assert.That(Binary.LeakWarning(labels, labels, ["a", "b"]), Is.EqualTo("predicts 'y' on its own"));
        Assert.That(Binary.LeakWarning(Made(i => labels[i] + (Noise[i] / 2)), labels, null), Does.StartWith("predicts 'y' on its own"));
    }

    [Test]
    public void SuspectsAFlagThatOnlyRarePositivesHave()
    {
        float[] labels = Made(i => i % 20 == 0 ? 1 : 0);
        var flag = Made(i => i % 40 == 0 ? 1 : 0);

        Assert.That(Binary.LeakWarning(flag, labels, null), Is.EqualTo("is '1' in 10 rows, and 'y' is 'yes' in all of them"));
        Assert.That(Binary.LeakWarning(flag, labels, ["off", "on"]), Is.EqualTo("is 'on' in 10 rows, and 'y' is 'yes' in all of them"));
    }

    [Test]
    public void SuspectsAnotherUnitAndAnyOtherFunctionOfANumber()
    {
        float[] labels = Made(i => 20 + (10 * Noise[i]));

        Assert.That(Regression.LeakWarning(Made(i => (labels[i] * 1.8f) + 32), labels, null), Does.StartWith("predicts 'y' on its own"));
        Assert.That(Regression.LeakWarning(Made(i => MathF.Log(labels[i])), labels, null), Does.StartWith("predicts 'y' on its own"));
    }

    [Test]
    public void LeavesGoodFeaturesInPeace()
    {
        float[] labels = Made(i => Noise[i] > 0.5 ? 1 : 0);
        var good = Made(i => Noise[i] + (0.2f * Noise[(i * 7) % Rows]));

        Assert.That(Binary.LeakWarning(good, labels, null), Is.Null);
        Assert.That(Regression.LeakWarning(good, Noise, null), Is.Null);
        Assert.That(Binary.LeakWarning(Made(i => i), labels, null), Is.Null, "different in every row");
        Assert.That(Binary.LeakWarning(Made(i => i), labels, [.. Enumerable.Range(0, Rows).Select(i => $"{i}")]), Is.Null, "a different category in every row");
    }

    [Test]
    public void LeavesACategoryThatOnlyOneOfTwoCommonClassesHas() =>
        Assert.That(
            Binary.LeakWarning(Made(i => i % 4), Made(i => i % 4 == 0 || Noise[i] > 0.5 ? 1 : 0), ["a", "b", "c", "d"]),
            Is.Null);

    private static float[] Made(Func<int, float> value) => [.. Enumerable.Range(0, Rows).Select(value)];
}
