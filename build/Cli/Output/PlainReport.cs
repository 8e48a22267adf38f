using Slipway.Reporting;
using Slipway.Reporting.Terminal;

namespace Slipway.Build.Cli.Output;

/// <summary>One line per event, for logs and pipes; during long steps also what is happening.</summary>
public sealed class PlainReport(TextWriter output, Outcome outcome, TimeProvider time) : IProgressReport
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public async Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        var started = time.GetTimestamp();
        var step = new PlainStep(output);
        output.WriteLine($"==> {title}");
        await using var reminder = time.CreateTimer(_ => step.Remind(time.GetElapsedTime(started)), state: null, Silence, Silence);
        try
        {
            return await work(step);
        }
        catch
        {
            step.Fail();
            throw;
        }
        finally
        {
            output.WriteLine($"{(step.Failed ? "failed" : "ok")}  {title} {Elapsed.Text(time.GetElapsedTime(started))}");
        }
    }

    public void Line(string text) => output.WriteLine(text);

    public void Show(Section section)
    {
        foreach (var line in TerminalRenderer.Lines(section))
            output.WriteLine(line);
    }

    public void Close(string line) => outcome.Close(line);

    private sealed class PlainStep(TextWriter output) : IProgressStep
    {
        private const int MaxLength = 160;

        private volatile string _now = "";

        public bool Failed { get; private set; }

        public void Now(string text) => _now = text.Trim();

        public void Remind(TimeSpan elapsed)
        {
            var text = _now;
            if (text.Length > 0)
                output.WriteLine($"    {Elapsed.Text(elapsed)}: {text[..Math.Min(text.Length, MaxLength)]}");
        }

        public void Note(string text) => output.WriteLine($"    {text}");

        public void Fail() => Failed = true;
    }
}
