using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class PlanSummaryTests
{
    private static readonly string[] Plan = ["Terraform will perform the following actions:", "  # aws_s3_bucket.this will be created", "Plan: 3 to add, 1 to change, 2 to destroy."];

    [Test]
    public void Counts_what_would_change_and_keeps_the_plan_at_a_click() => Assert.That(PlanSummary.Report("staging", Plan, applied: false).Lines(), Is.EqualTo((string[])
    [
        "## Plan of staging", "", "| to add | to change | to destroy |", "|---:|---:|---:|", "| 3 | 1 | 2 |", "",
        "<details><summary>The plan</summary>", "", "```", .. Plan, "```", "", "</details>", "",
    ]));

    [Test]
    public void Counts_imports_where_there_are_some() =>
        Assert.That(PlanSummary.Report("staging", ["Plan: 1 to import, 0 to add, 0 to change, 0 to destroy."], applied: false).Lines(), Has.Member("| 1 | 0 | 0 | 0 |"));

    [Test]
    public void Says_that_nothing_would_change() =>
        Assert.That(PlanSummary.Report("staging", plan: null, applied: true).Lines(), Has.Member("It matches the code in infra/: nothing to change."));

    [Test]
    public void Outputs_alone_have_no_counts() =>
        Assert.That(PlanSummary.Report("staging", ["Changes to Outputs:", "  + url = \"x\""], applied: false).Lines(), Has.Member("Only outputs change."));

    [Test]
    public void Says_that_it_was_carried_out() => Assert.That(PlanSummary.Report("staging", Plan, applied: true).Lines()[^2], Is.EqualTo("**Carried out.**"));

    [Test]
    public void A_plan_without_end_is_cut() =>
        Assert.That(PlanSummary.Report("staging", [.. Enumerable.Repeat("x", 5000), Plan[^1]], applied: false).Lines(), Has.Member("... and 4601 more lines; the log has them all.").And.Member("| 3 | 1 | 2 |"));
}
