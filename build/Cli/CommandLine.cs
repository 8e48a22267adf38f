namespace Slipway.Build.Cli;

/// <param name="Name">Without hyphens, as it was typed.</param>
/// <param name="Value">Null if there is none.</param>
public sealed record ParsedValue(string Name, string? Value);

/// <param name="Switch">One of <see cref="CakeSwitches"/>.</param>
/// <param name="Value">Null for a flag.</param>
public sealed record ParsedSwitch(CakeSwitch Switch, string? Value);

/// <summary>A parsed command line, not validated: <see cref="ArgumentValidator"/> does that.</summary>
/// <param name="UnexpectedWords">Words that do not belong to an argument.</param>
public sealed record CommandLine(
    IReadOnlyList<string> Targets,
    IReadOnlyList<ParsedValue> Values,
    IReadOnlyList<ParsedSwitch> Switches,
    IReadOnlyList<string> UnexpectedWords,
    bool Help)
{
    public const string DefaultTarget = "Default";

    public string? Value(Argument argument) =>
        Values.FirstOrDefault(given => given.Name.Equals(argument.Name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Whether the targets are only shown, not run.</summary>
    public bool OnlyDescribes => Switches.Any(given => given.Switch.Values is null && given.Switch.Name is not "--exclusive");

    /// <summary>The settings among the values: those that are not named like an argument.</summary>
    public IReadOnlyDictionary<string, string> Settings() => Values
        .Where(given => Arguments.Named(given.Name) is null && given.Value is not null)
        .GroupBy(given => given.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.Last().Value!, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// For Cake's host: targets, its own switches and settings, in one spelling. The arguments of the targets are not
    /// passed on (the context has them), because Cake would take <c>--version=3</c> for its own <c>--version</c>.
    /// </summary>
    public IReadOnlyList<string> ForHost() =>
    [
        .. Targets.DefaultIfEmpty(DefaultTarget).Select(target => $"--target={target}"),
        .. Switches.Select(given => given.Value is null ? given.Switch.Name : $"{given.Switch.Name}={given.Value}"),
        .. Settings().Select(setting => $"--{setting.Key}={setting.Value}"),
    ];
}
