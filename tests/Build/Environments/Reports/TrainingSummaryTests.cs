using Slipway.Automation.Reports;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class TrainingSummaryTests
{
    private static readonly Paths Paths = new(Path.GetFullPath("/repo"), Path.GetFullPath("/repo"));

    [Test]
    public void AGateThatSaidNoStandsBesideItsModel()
    {
        var gates = new GateReport(false, 2, [new("metric auc", true, 0.9, ">= 0.8", "fine"), new("slice Type=L auc", false, 0.65, ">= 0.7", "auc is 0.65.")]);
        var record = new TrainingRecord(RegisteredModel.Manifest.Lineage, new("pumps-a1", TrainingResult.Refused, "no", null, gates, default), Model: null);

        Assert.That(TrainingSummary.Annotations(record, Paths), Is.EqualTo(new[]
        {
            new Annotation(AnnotationLevel.Error, "FAIL slice Type=L auc 0.65 (>= 0.7): auc is 0.65.", "pumps: a gate failed", "training/models/pumps/model.json"),
        }));
        Assert.That(string.Join('\n', TrainingSummary.Report(record).Lines()), Does.Contain("## Training of pumps").And.Contain("**FAIL**"));
    }

    [Test]
    public void AJobThatNeverCameToItsGatesHasNothingToRemark() =>
        Assert.That(
            TrainingSummary.Annotations(new(RegisteredModel.Manifest.Lineage, new("pumps-a1", TrainingResult.Failed, "no", null, null, default), Model: null), Paths),
            Is.Empty);

    [Test]
    public void MetricsStandBesideThoseOfTheChampion()
    {
        string[] lines = [.. MetricsChart.Of("pumps", "failed", [new("auc", new(0.91234567), new(0.9)), new("logLoss", new(0.25), new(0.2))]).SelectMany(figure => figure.Lines())];

        Assert.That(lines, Does.Contain("    x-axis [\"auc 0.9123, candidate\", \"auc 0.9, champion\", \"logLoss ↓ 0.25, candidate\", \"logLoss ↓ 0.2, champion\"]"));
        Assert.That(lines, Does.Contain("    bar [0.912346, -1, 0.25, -1]"));
    }

    [Test]
    public void WhatHasTheUnitOfTheLabelHasAnAxisOfItsOwn()
    {
        string[] lines = [.. MetricsChart.Of("houses", "price", [new("r2", new(0.8), null), new("rmse", new(12_000), null), new("mae", new(double.NaN), null)]).SelectMany(figure => figure.Lines())];

        Assert.That(lines.Count(line => line == "```mermaid"), Is.EqualTo(2));
        Assert.That(lines, Does.Contain("    x-axis [\"r2 0.8\"]").And.Contain("    x-axis [\"rmse ↓ 12000\"]").And.Contain("    y-axis \"price\" 0 --> 12600"));
    }
}
