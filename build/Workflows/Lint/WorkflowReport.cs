using Slipway.Build.Cli.Output;

namespace Slipway.Build.Workflows.Lint;

/// <summary>The problems in the workflows, one per line.</summary>
public static class WorkflowReport
{
    public static void Findings(this IProgressReport report, IReadOnlyList<WorkflowFinding> findings)
    {
        if (findings.Count > 0)
            report.Table("Workflows", findings.Select(one => KeyValuePair.Create($"{one.File}:{one.Line}:{one.Column}", $"{one.Message} [{one.Rule}]")));
    }
}
