using Slipway.Automation.Reports;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Tests.Reports;

public sealed class ReportVerdictTests
{
    [Test]
    public void RefusalNamesTheGates() =>
        Assert.That(ReportVerdict.Sentence(Refused(2)), Is.EqualTo("Refused because 2 of 3 gates failed: metric m0 0.5 (>= 0.8), metric m1 (>= 0.8)."));

    [Test]
    public void ManyRefusalsAreCountedAndTheFirstAreNamed() =>
        Assert.That(ReportVerdict.Sentence(Refused(5)), Is.EqualTo("Refused because 5 of 6 gates failed: metric m0 0.5 (>= 0.8), metric m1 (>= 0.8), metric m2 0.5 (>= 0.8) and 2 more."));

    [TestCase(TrainingResult.Refused, "Refused: It was rolled back before.")]
    [TestCase(TrainingResult.Failed, "Failed: It was rolled back before.")]
    [TestCase(TrainingResult.Stopped, "Stopped: It was rolled back before.")]
    public void OtherEndsSayTheirReason(TrainingResult result, string sentence) =>
        Assert.That(ReportVerdict.Sentence(new("j", result, "It was rolled back before.", null, null, default)), Is.EqualTo(sentence));

    private static TrainingOutcome Refused(int failed) => new(
        "j", TrainingResult.Refused, "", null,
        new(false, null,
        [
            new("metric fine", true, 1, ">= 0.8", ""),
            .. Enumerable.Range(0, failed).Select(i => new GateVerdict($"metric m{i}", false, i % 2 == 0 ? 0.5 : null, ">= 0.8", "")),
        ]),
        default);
}
