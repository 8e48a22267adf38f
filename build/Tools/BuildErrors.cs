using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;

namespace Slipway.Build.Tools;

/// <summary>
/// The compiler errors in the output of a build: each once, with its path relative to the repository. Whoever adds C# to a model sees
/// these lines and should not have to search for them.
/// </summary>
public static partial class BuildErrors
{
    /// <returns>Empty if the build failed for another reason, such as an unreachable feed.</returns>
    public static IReadOnlyList<BuildError> In(IEnumerable<string> lines, string folder) =>
        [.. lines
            .Select(line => Pattern().Match(line))
            .Where(match => match.Success)
            .Select(match => new BuildError(
                Path.GetFullPath(match.Groups["file"].Value, folder), Within(folder, match.Groups["file"].Value), match.Groups["position"].Value, match.Groups["what"].Value))
            .Distinct()];

    private static string Within(string folder, string file) => Path.IsPathRooted(file) ? Path.GetRelativePath(folder, file) : file;

    // /repo/training/models/x/Y.cs(10,57): error CS0246: ... [/repo/training/Trainer/Trainer.csproj]
    [GeneratedRegex(@"^\s*(?<file>[^\(]+)\((?<position>[\d,]+)\): error (?<what>.*?)(?: \[[^\]]*\])?\s*$")]
    private static partial Regex Pattern();
}

/// <param name="Path">The full path.</param>
/// <param name="Shown">The displayed path.</param>
/// <param name="Position">Line and column, and those of the end if the compiler prints them: <c>10,57</c>.</param>
/// <param name="What">Code and message.</param>
public sealed record BuildError(string Path, string Shown, string Position, string What)
{
    /// <summary>Only the code, such as <c>CS0246</c>.</summary>
    public string Code => What.Split(':')[0];

    public override string ToString() => $"{Shown}({Position}): error {What}";

    public Annotation Annotation(Paths paths)
    {
        var numbers = Position.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null).ToList();
        var file = paths.InRepository(Path);
        return new(AnnotationLevel.Error, What, Code, file, file is null ? null : numbers[0], file is null ? null : numbers.ElementAtOrDefault(1));
    }
}
