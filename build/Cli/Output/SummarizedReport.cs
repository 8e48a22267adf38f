using Slipway.Build.Cli.GitHub;
using Slipway.Reporting;

namespace Slipway.Build.Cli.Output;

/// <summary>Passes everything to another report, and finally adds its tables and lines to the summary of a workflow run.</summary>
public sealed class SummarizedReport(IProgressReport report, WorkflowJob job, string title, TimeProvider time) : IProgressReport, IDisposable
{
    private readonly List<Block> _shown = [];
    private readonly long _started = time.GetTimestamp();

    public Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work) => report.StepAsync(title, work);

    public void Line(string text)
    {
        report.Line(text);
        _shown.Add(new Paragraph(text));
    }

    public void Show(Section section)
    {
        report.Show(section);
        _shown.Add(section);
    }

    public void Close(string line)
    {
        report.Close(line);
        _shown.Add(new Paragraph(line));
    }

    public void Dispose() => job.Summarize(new Section(title, [.. _shown, new Paragraph($"It took {Elapsed.Text(time.GetElapsedTime(_started))}.")]));
}
