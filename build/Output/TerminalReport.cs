using Spectre.Console;

namespace Slipway.Build;

/// <summary>The same with colors, and a spinner that says what goes on at this moment.</summary>
public sealed class TerminalReport(IAnsiConsole console, Outcome outcome, TimeProvider time) : IProgressReport
{
    // a console carries one live display at a time: a step within a step writes plain lines into the outer one
    private bool _live;

    public async Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        var started = time.GetTimestamp();
        try
        {
            var result = _live ? await work(new TerminalStep(console, null, title)) : await WithSpinnerAsync(title, work);
            End("green", "ok", title, started);
            return result;
        }
        catch
        {
            End("red", "failed", title, started);
            throw;
        }
    }

    public void Line(string text) => WriteUnwrapped(text);

    public void Table(string title, IEnumerable<KeyValuePair<string, string>> rows)
    {
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        foreach (var line in AlignedRows.Of(rows))
            WriteUnwrapped(line);
    }

    public void Close(string line) => outcome.Close(line);

    private async Task<T> WithSpinnerAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        _live = true;
        try
        {
            return await console.Status().StartAsync(Markup.Escape(title), status => work(new TerminalStep(console, status, title)));
        }
        finally
        {
            _live = false;
        }
    }

    private void End(string color, string word, string title, long started) =>
        console.MarkupLine($"[{color}]{word}[/]  {Markup.Escape(title)} [grey]{Elapsed.Text(time.GetElapsedTime(started))}[/]");

    // Spectre breaks long lines at the width of the window; a URL or a command must survive copying
    private void WriteUnwrapped(string text) => console.Profile.Out.Writer.WriteLine(text);

    private sealed class TerminalStep(IAnsiConsole console, StatusContext? status, string title) : IProgressStep
    {
        public void Now(string text) => status?.Status($"{Markup.Escape(title)} [grey]{Markup.Escape(text.Trim())}[/]");

        public void Note(string text) => console.MarkupLineInterpolated($"    [grey]{text}[/]");
    }
}
