using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>A step of a job, or of a composite action.</summary>
/// <param name="around">The <c>env:</c> blocks around it, the nearest first.</param>
public sealed class StepDefinition(YamlValue value, IReadOnlyList<YamlValue> around)
{
    public YamlValue Value => value;

    public string? Id => value["id"]?.Text;

    public YamlValue? If => value["if"];

    public YamlValue? Uses => value["uses"];

    public YamlValue? With => value["with"];

    public YamlValue? Run => value["run"];

    /// <summary>The variables that it sets itself and those that are set around it, the nearest first.</summary>
    public IEnumerable<YamlValue> Variables => (value["env"] is { } own ? around.Prepend(own) : around).SelectMany(environment => environment.Fields);

    public string? Variable(string name) => Variables.FirstOrDefault(one => one.Name == name)?.Text;

    /// <summary>The build call in its script; null if it does something else.</summary>
    public BuildCall? BuildCall => Run?.Text is { } text && ShellLine.Parse(text, Literal) is { } line ? Slipway.Build.Workflows.Lint.Shell.BuildCall.Of(line) : null;

    /// <summary>Whether its action is one of these, in any version.</summary>
    /// <param name="action">Owner and repository, with the path if there is one.</param>
    public bool IsAction(string action) => Uses?.Text?.Split('@')[0] is { } used && used.Equals(action, StringComparison.OrdinalIgnoreCase);

    private string? Literal(string name) => Variable(name) is { } text && !Expressions.Has(text) ? text : null;
}
