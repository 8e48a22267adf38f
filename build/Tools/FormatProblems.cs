using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Build.Cli;
using Slipway.Build.Cli.GitHub;

namespace Slipway.Build.Tools;

/// <summary>The problems that <c>dotnet format</c> reports, with paths relative to the repository.</summary>
public static partial class FormatProblems
{
    public static IReadOnlyList<Annotation> In(IEnumerable<string> lines, string folder) =>
        [.. lines.Select(line => Pattern().Match(line)).Where(match => match.Success).Select(match => Problem(match, folder)).Distinct()];

    private static Annotation Problem(Match match, string folder) => new(
        AnnotationLevel.Error, match.Groups["what"].Value, TargetNames.Format, Path.GetRelativePath(folder, match.Groups["file"].Value).Replace('\\', '/'),
        int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture));

    // /repo/build/Program.cs(10,57): error WHITESPACE: Fix whitespace formatting. ... [/repo/build/Build.csproj]
    [GeneratedRegex(@"^\s*(?<file>[^\(]+)\((?<line>\d+),(?<column>\d+)\): (error|warning) (?<what>.*?)(?: \[[^\]]*\])?\s*$")]
    private static partial Regex Pattern();
}
