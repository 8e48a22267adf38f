namespace Slipway.Build.Workflows.Changes;

/// <summary>Which paths of the repository mean what. Paths have slashes, on Windows too.</summary>
public sealed record PathRule(string Form, ChangedParts Parts, Func<string, bool> Matches)
{
    /// <summary>All below a folder.</summary>
    public static PathRule Folder(string folder, ChangedParts parts) => new($"{folder}/", parts, path => path.StartsWith($"{folder}/", StringComparison.Ordinal));

    public static PathRule File(string file, ChangedParts parts) => new(file, parts, path => path == file);

    /// <summary>Files of a kind, wherever they are.</summary>
    public static PathRule Ending(string ending, ChangedParts parts) => new($"*{ending}", parts, path => path.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Files of a kind below a folder.</summary>
    public static PathRule Below(string folder, string ending, ChangedParts parts) => new(
        $"{folder}/**{ending}", parts, path => path.StartsWith($"{folder}/", StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal));
}
