using Slipway.Build.Workflows.Lint.Reading;
using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A step that does work is one line that starts a target, so that people can run the same; the logic is code with tests.</summary>
public sealed class OneLineSteps : IWorkflowRule
{
    // commands that must run in the shell, with the reason
    private static readonly Dictionary<string, string> Shell = new(StringComparer.Ordinal)
    {
        ["exit 1"] = "a job that only collects the results of others has no checkout",
        [".ci/install"] = "the script that installs the dependencies of the tests is the same for every runner",
        ["sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends clang zlib1g-dev"] = "a compiler must be installed before a target can compile",
    };

    public string Name => "one-line-step";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files)
    {
        foreach (var step in files.Steps.Where(step => step.Run is not null))
        {
            var run = step.Run!;
            var text = run.Text?.Trim() ?? "";
            var script = step.Value["shell"]?.Text == "pwsh" ? BuildCall.WindowsScript : BuildCall.Script;
            if (Shell.ContainsKey(text))
                continue;
            if (!text.StartsWith($"{script} --target=", StringComparison.Ordinal))
                yield return run.Wrong(Name, $"A step only starts a target; its logic belongs in C#. Write {script} --target=<target> with its arguments.");
            else if (ShellLine.Parse(text, _ => null) is null)
                yield return run.Wrong(Name, "This is more than one command. Write one line: a target with arguments such as \"--model=$MODEL\" or ${TO:+\"--to=$TO\"}; everything else belongs in the target.");
        }
    }
}
