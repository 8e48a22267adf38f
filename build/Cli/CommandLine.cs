namespace Slipway.Build.Cli;

/// <param name="Name">Without hyphens, as it was typed.</param>
/// <param name="Value">Null when there was none.</param>
public sealed record GivenValue(string Name, string? Value);

/// <param name="Switch">One of <see cref="CakeSwitches"/>.</param>
/// <param name="Value">Null for a flag.</param>
public sealed record GivenSwitch(CakeSwitch Switch, string? Value);

/// <summary>What somebody typed, sorted but not judged: <see cref="ArgumentValidator"/> does that.</summary>
/// <param name="Strays">Words that belong to no argument.</param>
public sealed record CommandLine(
    IReadOnlyList<string> Targets,
    IReadOnlyList<GivenValue> Values,
    IReadOnlyList<GivenSwitch> Switches,
    IReadOnlyList<string> Strays,
    bool Help)
{
    public const string DefaultTarget = "Default";

    public string? Value(Argument argument) =>
        Values.FirstOrDefault(given => given.Name.Equals(argument.Name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Whether the targets are only shown, not run.</summary>
    public bool OnlyDescribes => Switches.Any(given => given.Switch.Values is null && given.Switch.Name is not "--exclusive");

    /// <summary>The settings among the values: those that no argument has the name of.</summary>
    public IReadOnlyDictionary<string, string> Settings() => Values
        .Where(given => Arguments.Named(given.Name) is null && given.Value is not null)
        .GroupBy(given => given.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.Last().Value!, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// For Cake's host: targets, its own switches and settings, in one spelling. The arguments of the targets are not
    /// among them (the context has them), since Cake would take <c>--version=3</c> for its own <c>--version</c>.
    /// </summary>
    public IReadOnlyList<string> ForHost() =>
    [
        .. Targets.DefaultIfEmpty(DefaultTarget).Select(target => $"--target={target}"),
        .. Switches.Select(given => given.Value is null ? given.Switch.Name : $"{given.Switch.Name}={given.Value}"),
        .. Settings().Select(setting => $"--{setting.Key}={setting.Value}"),
    ];
}
