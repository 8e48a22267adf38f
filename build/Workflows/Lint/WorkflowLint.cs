using Slipway.Build.Cli.Output;
using Slipway.Build.Workflows.Lint.Reading;
using Slipway.Build.Workflows.Lint.Rules;
using Slipway.Registry;

namespace Slipway.Build.Workflows.Lint;

/// <summary>Checks every file below <c>.github</c> that GitHub reads: with our own rules, ShellCheck, GitHub's own parser and actionlint.</summary>
/// <param name="root">The root of the repository.</param>
public sealed class WorkflowLint(string root, IReadOnlyList<IWorkflowRule> rules, ShellSteps shell, NpmLinters linters)
{
    /// <returns>The findings, in the order of the files.</returns>
    /// <exception cref="SlipwayException">A linter could not be installed; the findings of the others are in the report.</exception>
    public IReadOnlyList<WorkflowFinding> Run(IProgressReport report)
    {
        var files = WorkflowFiles.Read(root);
        var findings = files.Unreadable.ToList();
        var missing = new List<SlipwayException>();
        Check("Check the workflows by this repository's rules", _ => [.. rules.SelectMany(rule => rule.Check(files))]);
        Check("Check the shell of every step", _ => shell.Check(files));
        Check("Check the workflows with GitHub's parser and actionlint", step => linters.Check(root, files.Paths, step.Now));

        IReadOnlyList<WorkflowFinding> all =
            [.. findings.OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line).ThenBy(one => one.Column)];
        if (missing.Count == 0)
            return all;
        report.Findings(all);
        throw new SlipwayException(string.Join(Environment.NewLine, missing.Select(one => one.Message)), missing[0]);

        void Check(string title, Func<IProgressStep, IReadOnlyList<WorkflowFinding>> check) => report.Step(title, step =>
        {
            try
            {
                var found = check(step);
                findings.AddRange(found);
                if (found.Count > 0)
                    step.Fail();
            }
            catch (SlipwayException e)
            {
                step.Fail();
                missing.Add(e);
            }
        });
    }
}
