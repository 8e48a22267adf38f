namespace Slipway.Build;

/// <summary>An argument of one or more targets, given as <c>--name=value</c>.</summary>
public sealed record Argument(string Name, string Description, ValueRule Rule)
{
    public string Flag => $"--{Name}";

    public override string ToString() => $"{Flag}={Rule.Form}";
}
