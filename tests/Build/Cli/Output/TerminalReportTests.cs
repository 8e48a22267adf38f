using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Spectre.Console;

namespace Slipway.Build.Tests.Cli.Output;

public sealed class TerminalReportTests
{
    private StringWriter _output = new();

    private TerminalReport Report => new(
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        }),
        new Outcome(),
        new FakeTimeProvider());

    [SetUp]
    public void StartFresh() => _output = new StringWriter { NewLine = "\n" };

    [TearDown]
    public void CloseTheOutput() => _output.Dispose();

    [Test]
    public void ShowsAStepWithinAStep()
    {
        var report = Report;

        report.Step("Deploy", _ => report.Step("Start [blue]", inner => inner.Note("version [1]")));

        Assert.That(_output.ToString(), Does.Contain("version [1]").And.Contain("ok  Start [blue] 0.0 s").And.Contain("ok  Deploy 0.0 s"));
    }

    [Test]
    public void ShowsThatAStepFailed()
    {
        Assert.That(() => Report.Step("Train", _ => throw new InvalidOperationException("boom")), Throws.InvalidOperationException);
        Assert.That(_output.ToString(), Does.Contain("failed  Train"));
    }

    [Test]
    public void WrapsNoUrl()
    {
        var url = "http://127.0.0.1:8080/" + new string('x', 300);

        Report.Table("Running", [KeyValuePair.Create("gateway", url)]);

        Assert.That(_output.ToString(), Does.Contain($"  gateway  {url}\n"));
    }
}
