namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>A composite action of this repository: steps that several jobs share.</summary>
public sealed class ActionDefinition(YamlFile file)
{
    public YamlFile File => file;

    public YamlValue Value => file.Root;

    /// <summary>The value of <c>uses:</c> for it.</summary>
    public string Reference => $"./{file.Path[..file.Path.LastIndexOf('/')]}";

    public IReadOnlyList<StepDefinition> Steps { get; } = [.. file.Root["runs"]?["steps"]?.Items.Select(step => new StepDefinition(step, [])) ?? []];
}
