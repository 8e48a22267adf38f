using System.Text.RegularExpressions;

namespace Slipway.Build.Cli.Configuration;

/// <summary>The environments that cake.config defines, in addition to the local one.</summary>
public static partial class EnvironmentList
{
    /// <summary>The one on this machine, which is always there.</summary>
    public const string Local = "local";

    public static IReadOnlyList<string> Split(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool IsName(string name) => name != EnvironmentList.Local && Pattern().IsMatch(name);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,19}$")]
    private static partial Regex Pattern();
}
