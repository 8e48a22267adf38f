using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class DomainReportTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void ShowsFiguresColumnsAndWhatToDo() => Assert.That(
        Shown(DomainPolicy.Judge(new("pumps", 3, At.AddDays(-1), At, 9000), new([new(1000, 900, 0.7)], [new("torque", 0.11)]))),
        Does.Contain("AUC").And.Contain("0.700, bound 0.552").And.Contain("900 of them with 1,000 rows").And.Contain("torque").And.Contain("--target=Train --model=pumps --dataset=<file> --environment=test"));

    [Test]
    public void SaysWhyNothingWasCompared() => Assert.That(
        Shown(DomainPolicy.TooFew(new("pumps", 3, At.AddDays(-1), At, 5), 1000, 5)), Does.Contain("Too few rows to compare").And.Not.Contain("AUC").And.Not.Contain("--target=Train"));

    [Test]
    public void SaysThatNothingServes() => Assert.That(Shown(null), Does.Contain("No version of 'pumps' serves"));

    private static string Shown(DomainVerdict? verdict)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new PlainReport(output, new Outcome(), TimeProvider.System).ShowDomain("pumps", verdict, " --environment=test");
        return output.ToString();
    }
}
