using System.Text.Json.Nodes;
using Slipway.Build.Workflows.Lint.Reading;
using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Workflows.Tests.Running;

/// <summary>One job on one runner: its steps in their order, those of composite actions in place of the step that uses them.</summary>
internal sealed class JobRun
{
    private readonly WorkflowRunner _runner;
    private readonly JobDefinition _job;
    private readonly Given _given;
    private readonly JsonObject _contexts;
    private readonly Dictionary<string, string> _variables;
    private readonly List<StepResult> _results = [];
    private readonly List<string> _summary = [];
    private bool _hasFailed;

    public JobRun(WorkflowRunner runner, JobDefinition job, Given given)
    {
        (_runner, _job, _given) = (runner, job, given);
        _variables = runner.Repository.Variables(job, given);
        _contexts = runner.Contexts(given);
        _contexts["env"] = new JsonObject();
        _contexts["steps"] = new JsonObject();
        _contexts["runner"] = new JsonObject { ["os"] = "Linux", ["arch"] = "X64" };
        foreach (var environment in new[] { job.Workflow.Value["env"], job.Value["env"] })
            Set(environment);
    }

    public async Task<JobResult> RunAsync()
    {
        foreach (var step in _job.Steps)
            await RunAsync(step, _contexts);
        var outputs = _job.Value["outputs"]?.Fields.ToDictionary(output => output.Name, output => Text(output.Text!, _contexts)) ?? [];
        return new(_hasFailed ? "failure" : "success", outputs, _results, string.Concat(_summary));
    }

    private async Task RunAsync(StepDefinition step, JsonObject contexts)
    {
        var result = !_runner.Evaluator.Holds(step.If?.Text, contexts, _hasFailed) ? Result(step, "skipped")
            : step.Id is { } id && _given.Instead.TryGetValue(id, out var outcome) ? Result(step, outcome)
            : step.Run is { } run ? await ShellAsync(step, run, contexts)
            : _runner.Files.ActionOf(step) is { } action ? await CompositeAsync(step, action, contexts)
            : Use(step, contexts);
        _results.Add(result);
        _hasFailed |= result.Outcome == "failure";
        if (step.Id is null)
            return;
        var outputs = new JsonObject();
        foreach (var (name, value) in result.Outputs.Concat(_given.Says.Where(said => said.Key.StartsWith($"{step.Id}.", StringComparison.Ordinal)).Select(said => KeyValuePair.Create(said.Key[(step.Id.Length + 1)..], said.Value))))
            outputs[name] = value;
        contexts["steps"]![step.Id] = new JsonObject { ["outputs"] = outputs, ["outcome"] = result.Outcome, ["conclusion"] = result.Outcome };
    }

    private async Task<StepResult> ShellAsync(StepDefinition step, YamlValue run, JsonObject contexts)
    {
        var files = new RunnerFiles(Path.Combine(_runner.Repository.Temporary, Guid.NewGuid().ToString("n")));
        var variables = new Dictionary<string, string>(_variables)
        {
            ["GITHUB_OUTPUT"] = files.Output,
            ["GITHUB_ENV"] = files.Environment,
            ["GITHUB_PATH"] = files.Path,
            ["GITHUB_STEP_SUMMARY"] = files.Summary,
        };
        foreach (var one in step.Value["env"]?.Fields ?? [])
            variables[one.Name] = Text(one.Text!, contexts);

        ExecutedSteps.Add(run);
        // there is no PowerShell here; the tests of the scripts ensure that both do the same
        var script = step.Value["shell"]?.Text == "pwsh" ? run.Text!.Replace(BuildCall.WindowsScript, BuildCall.Script, StringComparison.Ordinal) : run.Text!;
        var shell = await Shell.RunAsync(script, _runner.Repository.Temporary, variables);
        TestContext.Out.WriteLine($"{_job.Id}: {run.Text!.Trim()} ended with {shell.ExitCode} after {shell.Took.TotalSeconds:0.0} s\n{shell.Output}");
        foreach (var (name, value) in RunnerFiles.Read(files.Environment))
            (_variables[name], contexts["env"]![name]) = (value, value);
        _summary.Add(await File.ReadAllTextAsync(files.Summary));
        return Result(step, shell.ExitCode == 0 ? "success" : "failure") with { ExitCode = shell.ExitCode, Output = shell.Output, Took = shell.Took, Outputs = RunnerFiles.Read(files.Output) };
    }

    private async Task<StepResult> CompositeAsync(StepDefinition step, ActionDefinition action, JsonObject contexts)
    {
        var inputs = new JsonObject();
        foreach (var input in action.Value["inputs"]?.Fields ?? [])
            inputs[input.Name] = Text(step.With?[input.Name]?.Text ?? input["default"]?.Text ?? "", contexts);
        var inner = (JsonObject)contexts.DeepClone();
        (inner["inputs"], inner["steps"]) = (inputs, new JsonObject());
        foreach (var one in action.Steps)
            await RunAsync(one, inner);
        return Result(step, _hasFailed ? "failure" : "success");
    }

    private StepResult Use(StepDefinition step, JsonObject contexts)
    {
        var with = step.With?.Fields.ToDictionary(one => one.Name, one => Text(one.Text!, contexts)) ?? [];
        ActionStandIns.Use(step.Uses!.Text!.Split('@')[0], _runner.Repository.Root, with);
        return Result(step, "success");
    }

    private void Set(YamlValue? environment)
    {
        foreach (var one in environment?.Fields ?? [])
        {
            _variables[one.Name] = Text(one.Text!, _contexts);
            _contexts["env"]![one.Name] = _variables[one.Name];
        }
    }

    private string Text(string text, JsonObject contexts) => _runner.Evaluator.Text(text, contexts, _hasFailed);

    private static StepResult Result(StepDefinition step, string outcome) =>
        new(step.Id ?? step.Run?.Text?.Trim() ?? step.Uses?.Text ?? "", outcome, outcome == "failure" ? 1 : 0, "", TimeSpan.Zero, new Dictionary<string, string>());
}
