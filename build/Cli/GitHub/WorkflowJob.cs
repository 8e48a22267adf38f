using System.Globalization;
using System.Text;
using Slipway.Build.Cli.Configuration;
using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Cli.GitHub;

/// <summary>
/// The GitHub job that a target runs in, through the files and the output that its runner reads. Outside a workflow nobody reads them, so nothing is
/// written: everything that people need is in the report.
/// </summary>
/// <param name="variable">The value of an environment variable; null if it is not set.</param>
/// <param name="log">The output that the runner reads line by line.</param>
public sealed class WorkflowJob(Func<string, string?> variable, TextWriter log)
{
    // GitHub's limit for one step; a longer summary is dropped completely
    private const int MaxSummaryBytes = 1024 * 1024;

    // GitHub shows ten of each level per step, and silently drops the rest: two places are reserved for their number, and for how the run ended
    private const int MaxPerLevel = 8;

    private readonly string? _summary = variable(EnvironmentVariables.GitHubSummary);
    private readonly string? _output = variable(EnvironmentVariables.GitHubOutput);

    private readonly Dictionary<AnnotationLevel, int> _annotated = [];
    private readonly Lock _annotates = new();

    /// <summary>Whether a workflow runs this.</summary>
    public bool IsRunning { get; } = variable(EnvironmentVariables.GitHubActions) == "true";

    /// <summary>Adds GitHub-flavored Markdown to the summary of the run.</summary>
    public void Summarize(IEnumerable<string> markdown)
    {
        if (_summary is null)
            return;
        var text = string.Concat(markdown.Select(line => $"{line}\n")) + "\n";
        var taken = File.Exists(_summary) ? new FileInfo(_summary).Length : 0;
        if (taken + Encoding.UTF8.GetByteCount(text) <= MaxSummaryBytes)
            File.AppendAllText(_summary, text);
        else
            log.WriteLine("This run's summary exceeds GitHub's limit: the text above is only in the log.");
    }

    /// <summary>Adds a report to the page of the run, as long as anybody reads it.</summary>
    public void Summarize(Section section) => Summarize([MarkdownRenderer.Text(section, limits: MarkdownLimits.Summary).TrimEnd('\n')]);

    /// <summary>Passes a value to later steps and jobs.</summary>
    public void Output(string name, string value)
    {
        if (_output is null)
            return;
        // no value can contain the delimiter that ends it
        var end = $"end-{Guid.NewGuid():n}";
        File.AppendAllText(_output, $"{name}<<{end}\n{value}\n{end}\n");
    }

    /// <summary>Shows an annotation, or counts it if GitHub would not show more.</summary>
    public void Annotate(Annotation annotation)
    {
        if (!IsRunning)
            return;
        lock (_annotates)
        {
            var so = _annotated[annotation.Level] = _annotated.GetValueOrDefault(annotation.Level) + 1;
            if (so <= MaxPerLevel)
                log.WriteLine(WorkflowCommand.Of(annotation));
        }
    }

    /// <summary>Reports how many annotations were not shown, and how the run ended. Nothing is annotated after it.</summary>
    /// <param name="failure">Null if the run succeeded.</param>
    public void End(Annotation? failure)
    {
        if (!IsRunning)
            return;
        foreach (var (level, count) in _annotated)
            if (count > MaxPerLevel)
                log.WriteLine(WorkflowCommand.Of(new(
                    level, $"{(count - MaxPerLevel).ToString(CultureInfo.InvariantCulture)} more like these: the summary and the log list them all.", "More")));
        if (failure is not null)
            log.WriteLine(WorkflowCommand.Of(failure));
    }
}
