using Slipway.Automation.Reports;
using Slipway.Registry.Models;

namespace Slipway.Automation.Tests.Reports;

/// <summary>Which library grew the trees, where the machine decided it.</summary>
public sealed class ReportTreeLibraryTests
{
    private static TrainingRecord Record
    {
        get
        {
            var record = TrainingRecords.Registered();
            var libraries = new Dictionary<string, string> { ["ML.NET"] = "5.0.1", [TrainerNames.BoostedTrees] = TrainerNames.FastTree };
            return record with
            {
                Lineage = record.Lineage with { Trainer = TrainerNames.BoostedTrees, Environment = record.Lineage.Environment with { Libraries = libraries } },
            };
        }
    }

    [Test]
    public void StandsInTheReportForBrowsers() =>
        Assert.That(TrainingReportPage.Of(Record), Does.Contain("""<th scope="row">trainer</th><td>boostedTrees (FastTree)</td>""").And.Contain("<td>ML.NET 5.0.1</td>"));

    [Test]
    public void StandsInTheReportForPullRequests() =>
        Assert.That(TrainingReportMarkdown.Of(Record), Does.Match(@"\| trainer \| boostedTrees .?\(FastTree.?\) \|"));
}
