using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>What <c>uses: ./</c> refers to must exist and accept its inputs. GitHub's parser only checks the inputs of workflows.</summary>
public sealed class LocalReferences : IWorkflowRule
{
    public string Name => "local-reference";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) => Jobs(files).Concat(files.Steps.SelectMany(step => Step(files, step)));

    private IEnumerable<WorkflowFinding> Jobs(WorkflowFiles files) =>
        from job in files.Jobs
        where job.Uses?.Text?.StartsWith("./", StringComparison.Ordinal) == true && files.WorkflowOf(job) is null
        select job.Uses!.Wrong(Name, $"There is no workflow '{job.Uses.Text}'. Write ./.github/workflows/_<name>.yml");

    private IEnumerable<WorkflowFinding> Step(WorkflowFiles files, StepDefinition step)
    {
        if (step.Uses is not { Text: { } used } uses || !used.StartsWith("./", StringComparison.Ordinal))
            yield break;
        if (files.ActionOf(step) is not { } action)
        {
            yield return uses.Wrong(Name, $"There is no action '{used}'. Write ./.github/actions/<name>");
            yield break;
        }

        var inputs = action.Value["inputs"]?.Fields.ToList() ?? [];
        var given = step.With?.Fields.ToList() ?? [];
        foreach (var unknown in given.ExceptBy(inputs.Select(input => input.Name), one => one.Name))
            yield return unknown.Wrong(Name, $"{action.File.Path} has no input '{unknown.Name}'. It has: {string.Join(", ", inputs.Select(input => input.Name).DefaultIfEmpty("none"))}.");
        foreach (var missing in inputs.Where(input => input["required"]?.Text == "true" && input["default"] is null && !given.Exists(one => one.Name == input.Name)))
            yield return uses.Wrong(Name, $"{action.File.Path} needs '{missing.Name}'. Give it below with:");
    }
}
