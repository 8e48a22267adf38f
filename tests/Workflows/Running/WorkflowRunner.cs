using System.Text.Json.Nodes;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Workflows.Tests.Running;

/// <summary>Runs jobs of this repository's workflows in a prepared copy of it, and follows them into the workflows that they call.</summary>
internal sealed class WorkflowRunner(PreparedRepository repository, ExpressionEvaluator evaluator) : IDisposable
{
    public PreparedRepository Repository => repository;

    public ExpressionEvaluator Evaluator => evaluator;

    public WorkflowFiles Files { get; } = WorkflowFiles.Read(Slipway.Workflows.Tests.Repository.Paths.Root);

    /// <param name="workflow">The name of its file, without <c>.yml</c>.</param>
    public Task<JobResult> RunAsync(string workflow, string job, Given given) =>
        RunAsync(Files.Workflows.Single(one => one.File.Name == $"{workflow}.yml").Jobs.Single(one => one.Id == job), given);

    public JsonObject Contexts(Given given) => new()
    {
        ["github"] = repository.GitHub(given),
        ["inputs"] = given.Inputs.DeepClone(),
        ["vars"] = given.Variables.DeepClone(),
        ["matrix"] = given.Matrix.DeepClone(),
        ["needs"] = given.Needs.DeepClone(),
        ["secrets"] = new JsonObject { ["GITHUB_TOKEN"] = PreparedRepository.Token },
    };

    public void Dispose() => evaluator.Dispose();

    private async Task<JobResult> RunAsync(JobDefinition job, Given given)
    {
        var contexts = Contexts(given);
        var failed = given.Needs.Any(need => (string?)need.Value?["result"] is "failure" or "skipped" or "cancelled");
        if (!evaluator.Holds(job.Value["if"]?.Text, contexts, failed))
            return JobResult.Skipped;
        if (Files.WorkflowOf(job) is not { } called)
            return await new JobRun(this, job, given).RunAsync();

        var inputs = new JsonObject();
        foreach (var one in job.Value["with"]?.Fields ?? [])
            inputs[one.Name] = evaluator.Value(one.Text!, contexts, failed: false)?.DeepClone();
        // each of our called workflows has one job
        return await RunAsync(called.Jobs.Single(), given with { Inputs = inputs, Needs = [] });
    }
}
