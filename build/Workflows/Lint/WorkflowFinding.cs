using Slipway.Build.Cli.GitHub;

namespace Slipway.Build.Workflows.Lint;

/// <summary>A problem in a file below <c>.github</c>.</summary>
/// <param name="File">Relative to the repository, with slashes.</param>
/// <param name="Line">Counted from 1, as <paramref name="Column"/>.</param>
/// <param name="Rule">The check that found it.</param>
/// <param name="Message">The problem, and what to write instead.</param>
public sealed record WorkflowFinding(string File, int Line, int Column, string Rule, string Message)
{
    public Annotation Annotation => new(AnnotationLevel.Error, Message, Rule, File, Line, Column);
}
