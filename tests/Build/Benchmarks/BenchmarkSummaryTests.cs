using System.Xml.Linq;
using Slipway.Benchmarks;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Reports;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class BenchmarkSummaryTests
{
    private static string Text(BenchmarkFindings findings) => string.Join('\n', BenchmarkSummary.Of(findings).Lines());

    [Test]
    public void ShowsFiguresAndRatiosOfEachContestant()
    {
        var text = Text(BenchmarkFixture.Findings);

        Assert.That(text, Does.Contain("| Slipway server | 19,000/s | 800 µs | 4.2 ms | 0.050 s | 150 MiB |  |  |  |  |"));
        Assert.That(text, Does.Contain("| minimal Kestrel server | 20,000/s | 800 µs | 4.2 ms | 0.050 s | 60 MiB | **0.90 (0.80 to 0.95)** | 1.00 (1.00 to 1.00) | 1.00 (1.00 to 1.00) | 2.50 |"));
    }

    [Test]
    public void SaysWhoIsNotThereAndHowToHaveItCompared()
    {
        var text = Text(BenchmarkFixture.Findings);

        Assert.That(text, Does.Contain(@"| FastAPI \| ONNX Runtime | not installed |"));
        Assert.That(text, Does.Contain("To include it: `python3 -m pip install fastapi`"));
    }

    [Test]
    public void GivesEveryRowOfATableTheSameNumberOfCells()
    {
        var rows = BenchmarkSummary.Of(BenchmarkFixture.Findings).Lines().SkipWhile(line => !line.StartsWith("|  | requests", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')).ToList();

        Assert.That(rows, Has.Count.EqualTo(5));
        Assert.That(rows.Select(row => row.Replace(@"\|", "", StringComparison.Ordinal).Count(letter => letter == '|')), Is.All.EqualTo(11));
    }

    [Test]
    public void DrawsTheContestantsThatAreThere()
    {
        var text = Text(BenchmarkFixture.Findings);

        Assert.That(text, Does.Contain("```mermaid").And.Contain("bar [19000, 20000]"));
    }

    [Test]
    public void ShowsSwapsAndTraining()
    {
        var text = Text(BenchmarkFixture.Findings);

        Assert.That(text, Does.Contain("3 swaps to another version and as many back, 4 connections through the gateway, 123,456 requests, **0 lost**."));
        Assert.That(text, Does.Contain("| from moving the channel to the first response of the new version | 800 ms (700 to 900) | 400 ms (300 to 500) |"));
        Assert.That(text, Does.Contain("3 jobs: 3.3 s (3.2 to 3.4) from the dataset in the store to the version, peak memory of the trainer 132 MiB."));
    }

    [Test]
    public void SaysThatItIsPartialAndShowsWhatRan()
    {
        var text = Text(BenchmarkFixture.Findings with { Swaps = null, Training = null, TrainingComparisons = [], Only = ["tensor", "record"] });

        Assert.That(text, Does.Contain("> A partial run, of tensor, record alone"));
        Assert.That(text, Does.Contain("## One encoded row per request").And.Not.Contain("Swapping").And.Not.Contain("Training"));
        Assert.That(Text(BenchmarkFixture.Findings), Does.Not.Contain("partial"));
    }

    [Test]
    public void ShowsTrainingNextToAnotherLibrary()
    {
        var text = Text(BenchmarkFixture.Findings);

        Assert.That(text, Does.Contain("| 10,000 rows, 20 columns | Slipway, the whole job | 0.50 s | 4,000 | 2.50 s | 0.9123 | 150 MiB | 1.25 | 5.00 |"));
        Assert.That(text, Does.Contain("| 10,000 rows, 20 columns | scikit-learn, with pandas | 0.40 s | 5,000 | 2.00 s | 0.9100 | 200 MiB |  | 5.00 |"));
        Assert.That(text, Does.Contain("| 100,000 rows, 20 columns | scikit-learn | not installed |").And.Contain("To include it: `apt-get install python3-sklearn`"));
    }

    [Test]
    public void ShowsLatenciesAtFixedRatesAndWhoCannotServeThem()
    {
        var one = BenchmarkFixture.Findings.Comparisons[0];
        var rated = one with
        {
            Contestants =
            [
                one.Subject with { Rates = [new(25, 4750, new(2000, 300, 900, 2_500, 0.06))] },
                one.Contestants[1] with { Rates = [new(25, 4750, null)] },
            ],
        };

        var text = Text(BenchmarkFixture.Findings with { Comparisons = [rated] });

        Assert.That(text, Does.Contain("| Slipway server | 4,750/s (25%) | 300 µs | 900 µs | 2.5 ms | 0.060 s |"));
        Assert.That(text, Does.Contain("| minimal Kestrel server | 4,750/s (25%) | beyond its capacity |  |  |  |"));
    }

    [Test]
    public void SaysWhyFiguresAreRefused()
    {
        var one = BenchmarkFixture.Findings.Comparisons[0];

        var text = Text(BenchmarkFixture.Findings with { Comparisons = [one with { Contestants = [one.Subject, Measured.Refused("uvicorn", "it waits for a timer.")] }] });

        Assert.That(text, Does.Contain("| uvicorn | refused |").And.Contain("The figures of uvicorn are refused: it waits for a timer."));
    }

    [Test]
    public void DrawsAPictureOfWhoHasFigures()
    {
        var picture = XDocument.Parse(System.Text.Encoding.UTF8.GetString(BenchmarkPicture.Draw(BenchmarkFixture.Findings)));

        Assert.That(picture.Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value),
            Is.EqualTo(new[] { "CPU time per 1,000 requests", "One encoded row per request", "Slipway server", "0.050 s", "minimal Kestrel server", "0.050 s" }));
    }

    [Test]
    public void WarnsOfAMachineThatOthersUsed()
    {
        Assert.That(Text(BenchmarkFixture.Findings), Does.Not.Contain("provisional"));
        Assert.That(Text(BenchmarkFixture.Of(BenchmarkFixture.QuietMachine with { BusyShare = 0.43 })), Does.Contain("> Other processes used 43% of this machine's CPU before the start: results are provisional"));
        Assert.That(Text(BenchmarkFixture.Of(BenchmarkFixture.QuietMachine with { BusyShare = null })), Does.Contain("is unknown"));
    }

    [Test]
    public void SaysWhatTheFiguresAreOf()
    {
        var text = Text(BenchmarkFixture.Of(BenchmarkFixture.QuietMachine with { Dirty = true }));

        Assert.That(text, Does.Contain("2026-11-23 04:00:00Z, commit 0123456789abcdef0123456789abcdef01234567 with uncommitted changes. Ten-core Wonder, 10 cores, Linux 6.1, .NET 10.0.12. Load average before the start: 0.2."));
    }
}
