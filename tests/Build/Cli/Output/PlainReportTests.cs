using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tests.Cli.Output;

public sealed class PlainReportTests
{
    private readonly FakeTimeProvider _time = new();
    private StringWriter _output = new();
    private Outcome _outcome = new();

    private PlainReport Report => new(_output, _outcome, _time);

    [SetUp]
    public void StartFresh()
    {
        _output = new StringWriter { NewLine = "\n" };
        _outcome = new Outcome();
    }

    [TearDown]
    public void CloseTheOutput() => _output.Dispose();

    [Test]
    public void ShowsHowLongAStepTook()
    {
        Report.Step("Build", step =>
        {
            step.Now("Registry.dll");
            step.Note("7 projects");
            _time.Advance(TimeSpan.FromSeconds(12.34));
        });

        Assert.That(_output.ToString(), Is.EqualTo("==> Build\n    7 projects\nok  Build 12.3 s\n"));
    }

    [Test]
    public void ShowsThatAStepFailedAndLetsTheFailureThrough()
    {
        Assert.That(
            () => Report.Step("Train", _ =>
            {
                _time.Advance(TimeSpan.FromSeconds(72));
                throw new InvalidOperationException("boom");
            }),
            Throws.InvalidOperationException);

        Assert.That(_output.ToString(), Is.EqualTo("==> Train\nfailed  Train 1 min 12 s\n"));
    }

    [Test]
    public void ShowsThatAStepWentWrongThoughTheWorkGoesOn()
    {
        Report.Step("Test Gateway", step => step.Fail());

        Assert.That(_output.ToString(), Is.EqualTo("==> Test Gateway\nfailed  Test Gateway 0.0 s\n"));
    }

    [Test]
    public void SaysOnceInAWhileWhatGoesOn()
    {
        Report.Step("Train", step =>
        {
            step.Now("  round 10\n");
            _time.Advance(TimeSpan.FromSeconds(29));
            step.Now("round 20");
            _time.Advance(TimeSpan.FromSeconds(1));
            step.Now("round 30");
            _time.Advance(TimeSpan.FromSeconds(30));
        });
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.That(_output.ToString(), Is.EqualTo("==> Train\n    30.0 s: round 20\n    1 min 0 s: round 30\nok  Train 1 min 0 s\n"));
    }

    [Test]
    public void AlignsATableAndWrapsNothing()
    {
        var url = "http://127.0.0.1:8080/" + new string('x', 200);

        Report.Table("Running", [KeyValuePair.Create("gateway", url), KeyValuePair.Create("blue", "version 1")]);

        Assert.That(_output.ToString(), Is.EqualTo($"Running\n  gateway  {url}\n  blue     version 1\n"));
    }

    [Test]
    public void KeepsTheLastLinesForLast()
    {
        Report.Close("4 passed, 0 failed, 0 skipped");

        Assert.That(_output.ToString(), Is.Empty);
        Assert.That(_outcome.ClosingLines, Is.EqualTo(new[] { "4 passed, 0 failed, 0 skipped" }));
    }
}
