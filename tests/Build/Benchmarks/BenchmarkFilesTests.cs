using System.Text.Json;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Reports;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class BenchmarkFilesTests
{
    [Test]
    public void KeepsRawFiguresAndRatiosForPrograms()
    {
        using var json = JsonDocument.Parse(BenchmarkFiles.Serialize(BenchmarkFixture.Findings));
        var root = json.RootElement;
        var comparison = root.GetProperty("comparisons")[0];
        var floor = comparison.GetProperty("contestants")[1];

        Assert.That(root.GetProperty("machine").GetProperty("commit").GetString(), Has.Length.EqualTo(40));
        Assert.That(floor.GetProperty("rounds").GetArrayLength(), Is.EqualTo(3));
        Assert.That(floor.GetProperty("rounds")[2].GetProperty("requestsPerSecond").GetDouble(), Is.EqualTo(25_000));
        Assert.That(floor.GetProperty("ratios").GetProperty("requestsPerSecond").GetProperty("median").GetDouble(), Is.EqualTo(0.9));
        Assert.That(root.GetProperty("swaps").GetProperty("lost").GetInt64(), Is.Zero);
        Assert.That(comparison.TryGetProperty("subject", out _), Is.False, "it is listed with the contestants");
    }

    [Test]
    public void KeepsARatioToNothing()
    {
        var idle = new Round(10, 10, 1, 1, ProcessorSeconds: 0, 0);
        var subject = new Measured("server", [idle with { ProcessorSeconds = 1 }], null, null, null);
        var rival = new Measured("floor", [idle], null, null, Ratios.Of(subject, [idle], null));
        var findings = BenchmarkFixture.Findings with { Comparisons = [new("one", "POST /", 1, [subject, rival])] };

        Assert.That(JsonDocument.Parse(BenchmarkFiles.Serialize(findings)).RootElement.ToString(), Does.Contain("Infinity"));
        Assert.That(BenchmarkSummary.Of(findings).Lines(), Has.Some.Contains("| 0.000 s | unknown | **1.00 (1.00 to 1.00)** | 1.00 (1.00 to 1.00) | unknown | unknown |"));
    }
}
