using System.Text.RegularExpressions;

namespace Slipway.EndToEnd.Tests;

/// <summary>The commands that the README tells a stranger to run.</summary>
internal static partial class Readme
{
    /// <summary>What needs an engine; the container tests run it.</summary>
    public const string Images = "Container images";

    /// <summary>In their order, with the section that each stands in.</summary>
    public static IReadOnlyList<(string Section, string Command)> Commands()
    {
        var readme = File.ReadAllText(Path.Combine(BuildHost.Repository, "README.md"));
        return [.. Section().Split(readme).Skip(1).SelectMany(section => ShellBlock().Matches(section)
            .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(command => (section[..section.IndexOf('\n')].Trim(), command)))];
    }

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
