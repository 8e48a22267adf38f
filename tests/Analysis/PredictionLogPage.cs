using System.Text.RegularExpressions;

namespace Slipway.Analysis.Tests;

/// <summary>docs/prediction-log.md.</summary>
internal static partial class PredictionLogPage
{
    private static string Text { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "prediction-log.md")).ReplaceLineEndings("\n");

    public static string[] Queries { get; } = [.. QueryBlock().Matches(Text).Select(match => match.Groups[1].Value)];

    /// <summary>Those that Athena needs in a dialect of its own: the last ones of <see cref="Queries"/>, in their order.</summary>
    public static string[] AthenaQueries { get; } = [.. AthenaBlock().Matches(Text).Select(match => match.Groups[1].Value)];

    /// <summary>The rows of the table under a sentence that begins with this.</summary>
    public static string[] TableOf(string name) =>
        [.. Text[Text.IndexOf($"\n`{name}`, one row", StringComparison.Ordinal)..].Split('\n').SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|'))];

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex QueryBlock();

    [GeneratedRegex("```sql-athena\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex AthenaBlock();
}
