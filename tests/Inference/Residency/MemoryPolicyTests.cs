using Slipway.Inference.Residency;

namespace Slipway.Inference.Tests.Residency;

public sealed class MemoryPolicyTests
{
    private const long Mebibyte = 1 << 20;

    private static readonly MemoryEstimate Estimate = new(Resident: 100 * Mebibyte, Peak: 300 * Mebibyte);

    [TestCase(1000, 364, 0, MemoryFit.Fits)]
    [TestCase(1000, 363, 0, MemoryFit.NotNow)]
    [TestCase(1000, 464, 100, MemoryFit.Fits)]
    [TestCase(1000, 463, 100, MemoryFit.NotNow, TestName = "VersionsThatAreBeingLoadedCount")]
    [TestCase(364, 0, 0, MemoryFit.NotNow)]
    [TestCase(363, 363, 0, MemoryFit.Never)]
    public void ComparesThePeakWithWhatIsLeftBesidesTheReserve(long limit, long available, long loading, MemoryFit expected) => Assert.That(
        MemoryPolicy.Check(Estimate, new MemoryReading(limit * Mebibyte, available * Mebibyte), 64 * Mebibyte, loading * Mebibyte).Fit, Is.EqualTo(expected));

    [Test]
    public void TheReasonHasTheFigures()
    {
        var never = MemoryPolicy.Check(Estimate, new MemoryReading(256 * Mebibyte, 200 * Mebibyte), 64 * Mebibyte);
        var notNow = MemoryPolicy.Check(Estimate, new MemoryReading(1024 * Mebibyte, 200 * Mebibyte), 64 * Mebibyte);

        Assert.That(never.Reason, Is.EqualTo("Loading it takes about 300 MiB of memory, but this server has 256 MiB in total, of which 64 MiB are reserved for requests."));
        Assert.That(notNow.Reason, Is.EqualTo("Loading it takes about 300 MiB of memory, but 200 MiB are available, of which 64 MiB are reserved for requests."));
        Assert.That(notNow.Excess, Is.EqualTo(164 * Mebibyte));
    }

    [Test]
    public void NothingIsComparedWhereMemoryIsNotChecked() => Assert.That(MemoryPolicy.Check(Estimate, null, 64 * Mebibyte).Fit, Is.EqualTo(MemoryFit.Fits));

    [TestCase(0, 5000, MemoryFit.Fits, 0)]
    [TestCase(99, 0, MemoryFit.Never, 0)]
    [TestCase(150, 50, MemoryFit.Fits, 0)]
    [TestCase(150, 60, MemoryFit.NotNow, 10)]
    public void ComparesWhatStaysWithTheLimitForAllModels(long most, long taken, MemoryFit expected, long excess)
    {
        var verdict = MemoryPolicy.CheckBudget(Estimate, most * Mebibyte, taken * Mebibyte);

        Assert.That((verdict.Fit, verdict.Excess), Is.EqualTo((expected, excess * Mebibyte)));
        Assert.That(verdict.Reason.Contains("MaxModelMemory", StringComparison.Ordinal), Is.EqualTo(expected != MemoryFit.Fits));
    }
}
