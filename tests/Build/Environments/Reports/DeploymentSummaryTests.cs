using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Registry.Channels;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class DeploymentSummaryTests
{
    private static readonly DeploymentResult Result = new(
        Color.Green, "1.2.3-0123456789ab", "https://models.example", "SLIPWAY_KEY", [KeyValuePair.Create("dashboard", "https://console.example")]);

    [Test]
    public void SaysWhatIsLiveAndWhereTrafficGoes()
    {
        string[] lines = [.. DeploymentSummary.Report("staging", Result, [new(Color.Blue, 0, ["churn version 2"]), new(Color.Green, 100, ["churn version 3", "pumps version 1"])]).Lines()];

        Assert.That(lines, Does.Contain("## Deployed to staging").And.Contain("| live | green |").And.Contain("| release | 1.2.3-0123456789ab |"));
        Assert.That(lines, Does.Contain("| models | churn version 3, pumps version 1 |").And.Contain("| dashboard | `https://console.example` |"));
        Assert.That(lines, Does.Contain("    n2[\"blue<br/>churn version 2\"]"));
        Assert.That(lines, Does.Contain("    n3[\"green, live<br/>release 1.2.3-0123456789ab<br/>churn version 3<br/>pumps version 1\"]"));
        Assert.That(lines, Does.Contain("    n1 -.->|\"0 %\"| n2").And.Contain("    n1 ==>|\"100 %\"| n3").And.Contain("    style n3 stroke:#2f81f7,stroke-width:3px"));
    }

    [Test]
    public void WithoutAModelItSaysSo() =>
        Assert.That(DeploymentSummary.Report("staging", Result, [new(Color.Blue, 0, []), new(Color.Green, 100, [])]).Lines(), Has.Member("| models | none |"));
}
