using System.Text;

namespace Slipway.Build;

/// <summary>
/// The GitHub job that a target runs in, by the files and the output that its runner reads. Outside of a workflow nobody reads them, and nothing is
/// written: what a person has to know stands in the report.
/// </summary>
/// <param name="variable">The value of an environment variable; null where it is not set.</param>
/// <param name="log">What the runner reads line by line.</param>
public sealed class WorkflowJob(Func<string, string?> variable, TextWriter log)
{
    // GitHub takes no more from one step, and drops all of it when there is
    private const int MostSummaryBytes = 1024 * 1024;

    private readonly string? _summary = variable(EnvironmentVariables.GitHubSummary);
    private readonly string? _output = variable(EnvironmentVariables.GitHubOutput);

    /// <summary>Whether a workflow runs this.</summary>
    public bool IsRunning { get; } = variable(EnvironmentVariables.GitHubActions) == "true";

    /// <summary>Adds GitHub Markdown to the page of the run.</summary>
    public void Summarize(IEnumerable<string> markdown)
    {
        if (_summary is null)
            return;
        var text = string.Concat(markdown.Select(line => $"{line}\n")) + "\n";
        var taken = File.Exists(_summary) ? new FileInfo(_summary).Length : 0;
        if (taken + Encoding.UTF8.GetByteCount(text) <= MostSummaryBytes)
            File.AppendAllText(_summary, text);
        else
            log.WriteLine("This run's summary is longer than GitHub takes: what is above stands in the log alone.");
    }

    /// <summary>Hands a value to the steps and jobs after this one.</summary>
    public void Output(string name, string value)
    {
        if (_output is null)
            return;
        // no value can hold the line that ends it
        var end = $"end-{Guid.NewGuid():n}";
        File.AppendAllText(_output, $"{name}<<{end}\n{value}\n{end}\n");
    }

    public void Annotate(Annotation annotation)
    {
        if (IsRunning)
            log.WriteLine(WorkflowCommand.Of(annotation));
    }
}
