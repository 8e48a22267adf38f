using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tests.Cli.GitHub;

namespace Slipway.Build.Tests.Cli.Output;

public sealed class SummarizedReportTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Outcome _outcome = new();
    private JobFixture _job = null!;
    private StringWriter _output = null!;

    [SetUp]
    public void Begin() => (_job, _output) = (new(), new() { NewLine = "\n" });

    [TearDown]
    public void End()
    {
        _job.Dispose();
        _output.Dispose();
    }

    [Test]
    public void ShowsTheSameAndPutsItOnThePage()
    {
        using (var report = Report())
        {
            report.Line("All is *well*.");
            report.Table("Gateway", [KeyValuePair.Create("url", "http://127.0.0.1:8080")]);
            report.Close("Ask it");
            _time.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.That(_output.ToString(), Is.EqualTo("All is *well*.\nGateway\n  url  http://127.0.0.1:8080\n"));
        Assert.That(_outcome.ClosingLines, Is.EqualTo(new[] { "Ask it" }));
        Assert.That(_job.Summary, Is.EqualTo(
            "## Status of local\n\nAll is \\*well\\*.\n\n### Gateway\n\n|  |  |\n|---|---|\n| url | `http://127.0.0.1:8080` |\n\nAsk it\n\nIt took 3.0 s.\n\n"));
    }

    [Test]
    public void WhatWasSaidBeforeAFailureIsThere()
    {
        Assert.That(
            () =>
            {
                using var report = Report();
                report.Line("So far.");
                throw new InvalidOperationException();
            },
            Throws.InvalidOperationException);

        Assert.That(_job.Summary, Does.Contain("So far."));
    }

    private SummarizedReport Report() => new(new PlainReport(_output, _outcome, _time), _job.Job, "Status of local", _time);
}
