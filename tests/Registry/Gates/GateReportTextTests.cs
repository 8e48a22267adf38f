using Slipway.Registry.Gates;

namespace Slipway.Registry.Tests.Gates;

public sealed class GateReportTextTests
{
    [Test]
    public void WritesOneLineForEachVerdict()
    {
        var report = new GateReport(false, 3,
        [
            new("metric averagePrecision", true, 0.912, ">= 0.8", "averagePrecision on the holdout is 0.912, which is >= 0.8."),
            new("metric recall", false, null, ">= 0.7", "recall on the holdout was not measured."),
            new("size", false, 5_000_000, "<= 1000000", "The size of model.onnx in bytes is 5000000, which is not <= 1000000."),
        ]);

        Assert.That(report.Verdicts.Select(GateReportText.Line), Is.EqualTo(new[]
        {
            "PASS metric averagePrecision 0.912 (>= 0.8)",
            "FAIL metric recall (>= 0.7): recall on the holdout was not measured.",
            "FAIL size 5000000 (<= 1000000): The size of model.onnx in bytes is 5000000, which is not <= 1000000.",
        }));
        Assert.That(GateReportText.Summary(report), Is.EqualTo("2 of 3 gates failed, compared with version 3."));
    }

    [Test]
    public void SaysWhenAllPassed() =>
        Assert.That(
            GateReportText.Summary(new(true, null, [new("metric r2", true, 0.00001, ">= 0", "")])),
            Is.EqualTo("All 1 gates passed, with no version to compare with."));
}
