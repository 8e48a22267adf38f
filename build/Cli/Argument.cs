namespace Slipway.Build.Cli;

/// <summary>An argument of one or more targets, given as <c>--name=value</c>, or as <c>--name</c> alone if it is a flag.</summary>
public sealed record Argument(string Name, string Description, ValueRule Rule)
{
    public string Flag => $"--{Name}";

    public override string ToString() => Rule.IsFlag ? Flag : $"{Flag}={Rule.Form}";
}
