using Slipway.Build.Environments;
using Slipway.Build.Workflows.Lint;
using Slipway.Registry;

namespace Slipway.Build.Tasks;

[TaskDescription("Checks the workflows in .github with this repository's rules, ShellCheck, GitHub's own parser and actionlint.")]
public sealed class LintWorkflows : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        using var stop = new StopSignal();
        var findings = context.WorkflowLint(stop.Token).Run(context.Report);
        context.Report.Findings(findings);
        foreach (var finding in findings)
            context.Job.Annotate(finding.Annotation);
        if (findings.Count > 0)
            throw new SlipwayException($"The workflows have {findings.Count} problems, see above.");
    }
}
