using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class PlanSummaryTests
{
    private static readonly string[] Plan = ["Terraform will perform the following actions:", "  # aws_s3_bucket.this will be created", "Plan: 3 to add, 1 to change, 2 to destroy."];

    [Test]
    public void CountsWhatWouldChangeAndKeepsThePlanAtAClick() => Assert.That(PlanSummary.Report("staging", Plan, applied: false).Lines(), Is.EqualTo((string[])
    [
        "## Plan of staging", "", "| to add | to change | to destroy |", "|---:|---:|---:|", "| 3 | 1 | 2 |", "",
        "<details><summary>The plan</summary>", "", "```", .. Plan, "```", "", "</details>", "",
    ]));

    [Test]
    public void CountsImportsWhereThereAreSome() =>
        Assert.That(PlanSummary.Report("staging", ["Plan: 1 to import, 0 to add, 0 to change, 0 to destroy."], applied: false).Lines(), Has.Member("| 1 | 0 | 0 | 0 |"));

    [Test]
    public void SaysThatNothingWouldChange() =>
        Assert.That(PlanSummary.Report("staging", plan: null, applied: true).Lines(), Has.Member("It matches the code in infra/: nothing to change."));

    [Test]
    public void OutputsAloneHaveNoCounts() =>
        Assert.That(PlanSummary.Report("staging", ["Changes to Outputs:", "  + url = \"x\""], applied: false).Lines(), Has.Member("Only outputs change."));

    [Test]
    public void SaysThatItWasCarriedOut() => Assert.That(PlanSummary.Report("staging", Plan, applied: true).Lines()[^2], Is.EqualTo("**Carried out.**"));

    [Test]
    public void APlanWithoutEndIsCut() =>
        Assert.That(PlanSummary.Report("staging", [.. Enumerable.Repeat("x", 5000), Plan[^1]], applied: false).Lines(), Has.Member("... and 4601 more lines; the log has them all.").And.Member("| 3 | 1 | 2 |"));
}
