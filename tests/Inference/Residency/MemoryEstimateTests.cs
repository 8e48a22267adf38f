using Slipway.Inference.Residency;

namespace Slipway.Inference.Tests.Residency;

public sealed class MemoryEstimateTests
{
    // measured with ONNX Runtime 1.31 on glibc, x64; all in KiB: sizes of the file and of the weights in it, what stayed after loading, and the most that was in use meanwhile
    [TestCase(45, 0, 416, 2_164, TestName = "TreesAsTheSampleModelsHaveThem")]
    [TestCase(182, 0, 1_276, 4_140, TestName = "AHundredSmallTrees")]
    [TestCase(1_572, 0, 8_438, 23_440, TestName = "TreesOfAMebibyte")]
    [TestCase(8_140, 0, 37_972, 110_288, TestName = "TreesOfEightMebibytes")]
    [TestCase(33_029, 0, 149_752, 437_256, TestName = "TreesOfThirtyMebibytes")]
    [TestCase(107_172, 0, 480_686, 1_406_404, TestName = "TreesOfAHundredMebibytes")]
    [TestCase(994, 993, 1_495, 3_628, TestName = "ANetworkOfAMebibyte")]
    [TestCase(19_923, 19_922, 21_253, 31_772, TestName = "ANetworkOfTwentyMebibytes")]
    [TestCase(99_400, 99_399, 103_118, 152_388, TestName = "ANetworkOfAHundredMebibytes")]
    public void IsAboveWhatWasMeasuredAndNotFarAbove(long onnx, long weights, long resident, long peak)
    {
        var estimate = MemoryEstimate.Of(onnx * 1024, weights * 1024, goldenBytes: 0);

        Assert.That(estimate.Resident / 1024, Is.InRange(resident, resident * 2));
        Assert.That(estimate.Peak / 1024, Is.InRange(peak, peak * 9 / 4));
    }

    [Test]
    public void GoldenRowsCountOnlyWhileAVersionIsVerified()
    {
        var (without, with) = (MemoryEstimate.Of(1000, 0, 0), MemoryEstimate.Of(1000, 0, 1_000_000));

        Assert.That(with.Resident, Is.EqualTo(without.Resident));
        Assert.That(with.Peak, Is.EqualTo(without.Peak + 8_000_000));
    }
}
