namespace Slipway.Build.Workflows.Changes;

/// <summary>Which parts a path of the repository affects. Paths have slashes, on Windows too.</summary>
public sealed record PathRule(string Form, ChangedParts Parts, Func<string, bool> Matches)
{
    /// <summary>Everything below a folder.</summary>
    public static PathRule Folder(string folder, ChangedParts parts) => new($"{folder}/", parts, path => path.StartsWith($"{folder}/", StringComparison.Ordinal));

    public static PathRule File(string file, ChangedParts parts) => new(file, parts, path => path == file);

    /// <summary>Files with an extension, anywhere.</summary>
    public static PathRule Ending(string ending, ChangedParts parts) => new($"*{ending}", parts, path => path.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Files with an extension below a folder.</summary>
    public static PathRule Below(string folder, string ending, ChangedParts parts) => new(
        $"{folder}/**{ending}", parts, path => path.StartsWith($"{folder}/", StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal));
}
