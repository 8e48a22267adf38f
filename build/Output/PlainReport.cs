namespace Slipway.Build;

/// <summary>One line for each thing that happens, for logs and pipes.</summary>
public sealed class PlainReport(TextWriter output, Outcome outcome, TimeProvider time) : IProgressReport
{
    public async Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        var started = time.GetTimestamp();
        var step = new PlainStep(output);
        output.WriteLine($"==> {title}");
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

    public void Table(string title, IEnumerable<KeyValuePair<string, string>> rows)
    {
        output.WriteLine(title);
        foreach (var line in AlignedRows.Of(rows))
            output.WriteLine(line);
    }

    public void Close(string line) => outcome.Close(line);

    private sealed class PlainStep(TextWriter output) : IProgressStep
    {
        public bool Failed { get; private set; }

        public void Now(string text)
        {
        }

        public void Note(string text) => output.WriteLine($"    {text}");

        public void Fail() => Failed = true;
    }
}
