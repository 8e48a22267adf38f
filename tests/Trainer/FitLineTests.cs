using System.Globalization;
using Slipway.Trainer.Candidates;

namespace Slipway.Trainer.Tests;

public sealed class FitLineTests
{
    [Test]
    public void ReadsTheSecondsThatItWrote() => Assert.That(
        FitLine.SecondsOf($"[  1.50 s] {FitLine.Of("boostedTrees (LightGBM)", 7, 0.42).ToString(CultureInfo.InvariantCulture)}"), Is.EqualTo(0.42));

    [TestCase("[  1.50 s] Memory: about 12 MB of 24000 MB")]
    [TestCase("auc=0.912345;")]
    [TestCase("")]
    public void ReadsNothingFromOtherLines(string line) => Assert.That(FitLine.SecondsOf(line), Is.Null);
}
