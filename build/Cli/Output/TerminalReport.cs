using Slipway.Reporting;
using Slipway.Reporting.Terminal;
using Spectre.Console;

namespace Slipway.Build.Cli.Output;

/// <summary>The same with colors, and a spinner that shows what is happening.</summary>
public sealed class TerminalReport(IAnsiConsole console, Outcome outcome, TimeProvider time) : IProgressReport
{
    // a console supports one live display at a time: a step within a step writes plain lines into the outer one
    private bool _live;

    public async Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        var started = time.GetTimestamp();
        var step = new TerminalStep(console, title);
        try
        {
            return _live ? await work(step) : await WithSpinnerAsync(step, work);
        }
        catch
        {
            step.Fail();
            throw;
        }
        finally
        {
            console.MarkupLine(
                $"{(step.Failed ? "[red]failed[/]" : "[green]ok[/]")}  {Markup.Escape(title)} [grey]{Elapsed.Text(time.GetElapsedTime(started))}[/]");
        }
    }

    public void Line(string text) => WriteUnwrapped(text);

    public void Show(Section section)
    {
        var lines = TerminalRenderer.Lines(section);
        console.MarkupLineInterpolated($"[bold]{lines[0]}[/]");
        foreach (var line in lines.Skip(1))
            WriteUnwrapped(line);
    }

    public void Close(string line) => outcome.Close(line);

    private async Task<T> WithSpinnerAsync<T>(TerminalStep step, Func<IProgressStep, Task<T>> work)
    {
        _live = true;
        try
        {
            return await console.Status().StartAsync(Markup.Escape(step.Title), status =>
            {
                step.Status = status;
                return work(step);
            });
        }
        finally
        {
            _live = false;
        }
    }

    // Spectre wraps long lines at the width of the window, but URLs and commands must stay copyable
    private void WriteUnwrapped(string text) => console.Profile.Out.Writer.WriteLine(text);

    private sealed class TerminalStep(IAnsiConsole console, string title) : IProgressStep
    {
        public string Title => title;

        /// <summary>The spinner; a step within a step has none.</summary>
        public StatusContext? Status { get; set; }

        public bool Failed { get; private set; }

        public void Now(string text) => Status?.Status($"{Markup.Escape(title)} [grey]{Markup.Escape(FirstOf(text.Trim()))}[/]");

        public void Note(string text) => console.MarkupLineInterpolated($"    [grey]{text}[/]");

        public void Fail() => Failed = true;

        // one row of the window, next to the spinner and the title: more would make the display jump
        private string FirstOf(string text) => text[..Math.Clamp(console.Profile.Width - title.Length - 4, 0, text.Length)];
    }
}
