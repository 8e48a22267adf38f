namespace Slipway.Build.Cli;

/// <summary>A switch that Cake itself understands.</summary>
/// <param name="Name">The spelling that is passed to Cake.</param>
/// <param name="Values">The allowed values; null for a flag.</param>
public sealed record CakeSwitch(string Name, IReadOnlyList<string> Aliases, IReadOnlyList<string>? Values = null)
{
    public bool Matches(string token) =>
        Aliases.Prepend(Name).Contains(token, token.StartsWith("--", StringComparison.Ordinal) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}

/// <summary>Cake's own switches, apart from the target.</summary>
public static class CakeSwitches
{
    public static CakeSwitch Version { get; } = new("--version", ["--ver"]);

    public static CakeSwitch Verbosity { get; } = new(
        "--verbosity", ["-v"], ["quiet", "minimal", "normal", "verbose", "diagnostic", "q", "m", "n", "v", "d"]);

    public static IReadOnlyList<CakeSwitch> All { get; } =
    [
        new("--description", ["--descriptions", "--showdescription", "--showdescriptions"]),
        new("--tree", ["--showtree"]),
        new("--dryrun", ["--noop", "--whatif"]),
        new("--exclusive", ["-e"]),
        new("--info", []),
        Version,
        Verbosity,
    ];

    /// <summary>Without hyphens.</summary>
    public static IEnumerable<string> Names => All.Select(known => known.Name[2..]).Prepend("target");
}
