using System.Text.Json;
using Slipway.Build.Cli.Soaking;
using Slipway.Registry;
using Slipway.Soak.Reports;
using Slipway.Soak.Rows;

namespace Slipway.Build.Tests.Soaking;

public sealed class SoakReportTests
{
    private static readonly Slipway.Soak.SoakFindings Findings = SoakFixture.Findings(
        SoakFixture.Finding("archives", SoakFixture.Good with { Figures = new Dictionary<string, double> { ["accepted"] = 0 }, Note = "With gzip." }),
        SoakFixture.Finding("kills", SoakFixture.Good with { Failures = 3, Figure = "3 lost" }),
        RowFinding.NotRun(new FakeRow("disk-full", (_, _) => Task.FromResult(SoakFixture.Good)), RowVerdict.NotRun, "no namespaces", 1));

    [Test]
    public void EveryRowIsOneLineOfTheTable()
    {
        var page = ReliabilityPage.WithTable("before\n<!-- written by ./build.sh --target=Soak -->\noutdated\n<!-- end of the soak's table -->\nafter\n", Findings);

        Assert.That(page, Does.StartWith("before\n").And.EndWith("<!-- end of the soak's table -->\nafter\n").And.Not.Contain("outdated"));
        Assert.That(page, Does.Contain("| archives | holds | 200 | 0 | 0.0149 | Bound of archives. | 0 of 200 accepted | a broken store: found |"));
        Assert.That(page, Does.Contain("| kills | broken | 200 | 3 |").And.Contain("| disk-full | not run |  |  |  |"));
        Assert.That(page, Does.Contain("disk-full: no namespaces").And.Contain("archives: With gzip."));
        Assert.That(page, Does.Contain("2026-11-23").And.Contain("Ten-core Wonder").And.Contain("seed 42").And.Contain("0123456789abcdef"));
    }

    [Test]
    public void APageWithoutAPlaceIsRefused() => Assert.That(() => ReliabilityPage.WithTable("nothing", Findings), Throws.InstanceOf<SlipwayException>().With.Message.Contains("no place"));

    [Test]
    public void TheRepositorysPageHasAPlace() =>
        Assert.That(() => ReliabilityPage.WithTable(File.ReadAllText(Path.Combine(Repository.Root, "docs", "reliability.md")), Findings), Throws.Nothing);

    [Test]
    public void ProgramsGetEveryFigure()
    {
        using var json = JsonDocument.Parse(SoakFiles.Serialize(Findings));
        var rows = json.RootElement.GetProperty("rows");

        Assert.That(rows.GetArrayLength(), Is.EqualTo(3));
        Assert.That(rows[0].GetProperty("verdict").GetString(), Is.EqualTo("Holds"));
        Assert.That(rows[0].GetProperty("figures").GetProperty("accepted").GetDouble(), Is.Zero);
        Assert.That(rows[1].GetProperty("failures").GetInt64(), Is.EqualTo(3));
        Assert.That((json.RootElement.GetProperty("seed").GetInt32(), json.RootElement.GetProperty("machine").GetProperty("cores").GetInt32()), Is.EqualTo((42, 10)));
    }

    [Test]
    public void TheRequestArrivesAsItWasSent()
    {
        var request = new SoakRequest("/root", "/root/.slipway/.soak", "pumps", Quick: true, "kills", 7, new(0, 0, TimeSpan.FromSeconds(1)), new("unknown", Dirty: true), "Käthe", null);

        Assert.That(SoakRequest.Of(request.ToJson()), Is.EqualTo(request));
    }
}
