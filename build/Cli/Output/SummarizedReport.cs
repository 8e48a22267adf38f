using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output.Markdown;
using Slipway.Registry;

namespace Slipway.Build.Cli.Output;

/// <summary>Shows what another report shows; at its end, whatever that is, tables and lines stand on the page of a workflow's run as well.</summary>
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
