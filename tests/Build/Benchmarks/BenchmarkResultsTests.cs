using Slipway.Benchmarks.Reports;
using Slipway.Build.Cli.Benchmarks;

namespace Slipway.Build.Tests.Benchmarks;

/// <summary>The benchmark program writes the files; the target reads them.</summary>
public sealed class BenchmarkResultsTests
{
    private BenchmarkResults _results = null!;

    [SetUp]
    public void SetUp() => _results = new(Path.Combine(Directory.CreateTempSubdirectory().FullName, "benchmarks"));

    [TearDown]
    public void DeleteFolder() => TestFolder.Remove(Path.GetDirectoryName(_results.Folder)!);

    [Test]
    public void WritesTwoFilesForPeopleAndOneForPrograms()
    {
        BenchmarkFiles.Write(_results, BenchmarkFixture.Findings);

        Assert.That(Directory.EnumerateFiles(_results.Folder).Order(), Is.EqualTo(new[] { _results.Json, _results.Markdown, _results.Picture }));
    }

    [Test]
    public void SummarizesTheMarkdownOneLevelLower()
    {
        BenchmarkFiles.Write(_results, BenchmarkFixture.Findings);
        var summary = _results.Summary();

        Assert.That(summary[0], Is.EqualTo("## Benchmark of predictive-maintenance"));
        Assert.That(summary, Does.Contain("### One encoded row per request").And.Contain("### Training"));
        Assert.That(summary.Select(line => line.TrimStart('#').TrimStart()), Is.EqualTo(
            File.ReadAllText(_results.Markdown).TrimEnd('\n').Split('\n').Select(line => line.TrimStart('#').TrimStart())));
    }

    [Test]
    public void HasNoWarningAboutAQuietMachine()
    {
        BenchmarkFiles.Write(_results, BenchmarkFixture.Findings);

        Assert.That(_results.Warning(), Is.Null);
    }

    [Test]
    public void RepeatsTheWarningAboutABusyMachine()
    {
        var machine = BenchmarkFixture.QuietMachine with { BusyShare = 0.43 };
        BenchmarkFiles.Write(_results, BenchmarkFixture.Of(machine));

        Assert.That(_results.Warning(), Is.EqualTo(machine.Warning).And.Contains("43%"));
    }

    [Test]
    public void ReplacesTheResultsOfTheBenchmarkBefore()
    {
        BenchmarkFiles.Write(_results, BenchmarkFixture.Of(BenchmarkFixture.QuietMachine with { Commit = "before" }));
        BenchmarkFiles.Write(_results, BenchmarkFixture.Findings);

        Assert.That(File.ReadAllText(_results.Json) + File.ReadAllText(_results.Markdown), Does.Not.Contain("before\"").And.Not.Contain("commit before"));
    }
}
