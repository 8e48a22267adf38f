using System.Text.RegularExpressions;

namespace Slipway.Build;

/// <summary>
/// What the compiler minds, out of all that a build prints: once each, by the path within the repository. Whoever puts C# beside a model sees
/// these lines and should not have to look for them.
/// </summary>
public static partial class BuildErrors
{
    /// <returns>Nothing where the build failed in another way, such as without a feed.</returns>
    public static IReadOnlyList<string> In(IEnumerable<string> lines, string folder) =>
        [.. lines
            .Select(line => Pattern().Match(line))
            .Where(match => match.Success)
            .Select(match => $"{Within(folder, match.Groups["file"].Value)}({match.Groups["position"].Value}): error {match.Groups["what"].Value}")
            .Distinct()];

    private static string Within(string folder, string file) => Path.IsPathRooted(file) ? Path.GetRelativePath(folder, file) : file;

    // /repo/training/models/x/Y.cs(10,57): error CS0246: ... [/repo/training/Trainer/Trainer.csproj]
    [GeneratedRegex(@"^\s*(?<file>[^\(]+)\((?<position>[\d,]+)\): error (?<what>.*?)(?: \[[^\]]*\])?\s*$")]
    private static partial Regex Pattern();
}
