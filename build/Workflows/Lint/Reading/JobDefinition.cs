namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>A job in a workflow file: steps on a runner, or a call of another workflow.</summary>
public sealed class JobDefinition(WorkflowDefinition workflow, YamlValue value)
{
    public WorkflowDefinition Workflow => workflow;

    public YamlValue Value => value;

    public string Id => value.Name;

    /// <summary>The workflow that it calls; null if it runs steps.</summary>
    public YamlValue? Uses => value["uses"];

    public YamlValue? Permissions => value["permissions"];

    public YamlValue? Concurrency => value["concurrency"];

    public YamlValue? Environment => value["environment"];

    public IReadOnlyList<StepDefinition> Steps { get; } =
        [.. value["steps"]?.Items.Select(step => new StepDefinition(step, [.. new[] { value["env"], workflow.Value["env"] }.OfType<YamlValue>()])) ?? []];
}
