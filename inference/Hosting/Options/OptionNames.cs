using System.Reflection;
using System.Text.RegularExpressions;
using Slipway.Registry;

namespace Slipway.Hosting.Options;

/// <summary>
/// The names of a program's options: the writable properties of its options record. Names inside a nested <c>*Options</c> record are joined by a colon,
/// or by two underscores in the environment.
/// </summary>
/// <param name="program">The program's name in errors, such as "the gateway".</param>
/// <param name="options">The options record.</param>
/// <param name="sections">Other accepted sections of the configuration, such as <c>Logging</c>.</param>
public sealed class OptionNames(string program, Type options, params string[] sections)
{
    public const string EnvironmentPrefix = "SLIPWAY_";

    public IReadOnlyList<string> All { get; } = [.. Of(options, "").Order(StringComparer.Ordinal)];

    public bool Contains(string name) => All.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>How to set an option, for the end of an error.</summary>
    public static string Ways(string name) => $"{Variable(name)} or --{name}=";

    public static string Variable(string name) => EnvironmentPrefix + name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Returns an error; null if the argument sets an option.</summary>
    public string? Refusal(string argument)
    {
        var end = argument.IndexOf('=', StringComparison.Ordinal);
        if (!argument.StartsWith("--", StringComparison.Ordinal) || end < 0)
            return $"'{argument}' is not an option: write --<Name>=<value>, such as --Store=/srv/store";
        var name = argument[2..end];
        return Contains(name) || sections.Any(section => name.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase))
            ? null
            : $"--{name} is not an option of {program}; its options are {string.Join(", ", All)}";
    }

    /// <summary>
    /// A variable that no program reads is probably misspelled. Other programs have variables with the same prefix,
    /// so it is an error only if its name is similar to an option's and does not belong to another program.
    /// </summary>
    /// <param name="others">The names of other programs, without the prefix.</param>
    public string? Misspelling(string variable, Regex others)
    {
        if (!variable.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var name = variable[EnvironmentPrefix.Length..];
        if (Contains(name.Replace("__", ":", StringComparison.Ordinal)) || others.IsMatch(name))
            return null;
        return Suggestion.Nearest(name.Replace("_", "", StringComparison.Ordinal), All) is { } meant
            ? $"unknown environment variable '{variable}'; did you mean {Variable(meant)}? Remove it if it is not for {program}"
            : null;
    }

    private static IEnumerable<string> Of(Type type, string prefix) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        from name in property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal)
            ? Of(property.PropertyType, $"{prefix}{property.Name}:")
            : [prefix + property.Name]
        select name;
}
