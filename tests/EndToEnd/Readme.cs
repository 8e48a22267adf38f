using System.Text.RegularExpressions;

namespace Slipway.EndToEnd.Tests;

/// <summary>The commands in the README.</summary>
internal static partial class Readme
{
    /// <summary>What needs an engine; the container tests run it.</summary>
    public const string Images = "Container images";

    /// <summary>In order, each with its section.</summary>
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
