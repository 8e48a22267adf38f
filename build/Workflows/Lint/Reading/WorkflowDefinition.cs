namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>A file under <c>.github/workflows</c>.</summary>
public sealed class WorkflowDefinition
{
    public const string Called = "workflow_call";

    public WorkflowDefinition(YamlFile file)
    {
        File = file;
        Jobs = [.. Value["jobs"]?.Fields.Select(job => new JobDefinition(this, job)) ?? []];
    }

    public YamlFile File { get; }

    public YamlValue Value => File.Root;

    /// <summary>Whether its name says that it is called by other workflows.</summary>
    public bool IsPrivate => File.Name.StartsWith('_');

    public IReadOnlyList<JobDefinition> Jobs { get; }

    public YamlValue? Concurrency => Value["concurrency"];

    /// <summary>Its triggers, by name: <c>on</c> is a name, a list of names or a mapping.</summary>
    public IReadOnlyDictionary<string, YamlValue> Triggers => Value["on"] switch
    {
        null => new Dictionary<string, YamlValue>(),
        { IsMapping: true } mapping => mapping.Fields.ToDictionary(trigger => trigger.Name),
        { Text: { } name } one => new Dictionary<string, YamlValue> { [name] = one },
        var list => list.Items.DistinctBy(trigger => trigger.Text).ToDictionary(trigger => trigger.Text ?? ""),
    };
}
