using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Passes everything to another report, and finally adds its tables and lines to the summary of a workflow run.</summary>
public sealed class SummarizedReport(IProgressReport report, WorkflowJob job, string title, TimeProvider time) : IProgressReport, IDisposable
{
    private readonly List<string> _markdown = [];
    private readonly long _started = time.GetTimestamp();

    public Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work) => report.StepAsync(title, work);

    public void Line(string text)
    {
        report.Line(text);
        _markdown.AddRange([MarkdownText.Escape(text), ""]);
    }

    public void Table(string title, IEnumerable<KeyValuePair<string, string>> rows)
    {
        var all = rows.ToList();
        report.Table(title, all);
        _markdown.AddRange([$"### {MarkdownText.Escape(title)}", "", .. MarkdownBlocks.Table(["", ""], [.. all.Select(row => new[] { row.Key, row.Value })])]);
    }

    public void Close(string line)
    {
        report.Close(line);
        _markdown.AddRange([MarkdownText.Escape(line), ""]);
    }

    public void Dispose() =>
        job.Summarize([$"## {MarkdownText.Escape(title)}", "", .. _markdown, $"It took {Elapsed.Text(time.GetElapsedTime(_started))}."]);
}
