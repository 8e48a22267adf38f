using System.Text.RegularExpressions;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A tag of another repository can be moved to other code; a commit cannot.</summary>
public sealed partial class PinnedActions : IWorkflowRule
{
    public string Name => "pinned-action";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from uses in files.Steps.Select(step => step.Uses).Concat(files.Jobs.Select(job => job.Uses)).OfType<YamlValue>()
        let used = uses.Text ?? ""
        where !used.StartsWith("./", StringComparison.Ordinal)
        where !Commit().IsMatch(used) || !Version().IsMatch(uses.Rest)
        select uses.Wrong(Name, $"'{used}' is not pinned. Write the commit of the release, followed by its version: {used.Split('@')[0]}@<40 hex digits> # v1.2.3");

    [GeneratedRegex(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$")]
    private static partial Regex Commit();

    [GeneratedRegex(@"^# v\d+(\.\d+)*\b")]
    private static partial Regex Version();
}
