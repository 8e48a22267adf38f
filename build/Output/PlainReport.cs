namespace Slipway.Build;

/// <summary>One line for each thing that happens, for logs and pipes.</summary>
public sealed class PlainReport(TextWriter output, Outcome outcome, TimeProvider time) : IProgressReport
{
    public async Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        var started = time.GetTimestamp();
        output.WriteLine($"==> {title}");
        try
        {
            var result = await work(new PlainStep(output));
            output.WriteLine($"ok  {title} {Elapsed.Text(time.GetElapsedTime(started))}");
            return result;
        }
        catch
        {
            output.WriteLine($"failed  {title} {Elapsed.Text(time.GetElapsedTime(started))}");
            throw;
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
        public void Now(string text)
        {
        }

        public void Note(string text) => output.WriteLine($"    {text}");
    }
}
