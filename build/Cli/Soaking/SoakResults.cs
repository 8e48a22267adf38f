namespace Slipway.Build.Cli.Soaking;

/// <summary>The files that the soak program writes: Markdown for people, and JSON for programs.</summary>
public sealed record SoakResults(string Folder)
{
    public const string MarkdownName = "soak.md";
    public const string JsonName = "soak.json";

    public string Markdown => Path.Combine(Folder, MarkdownName);

    public string Json => Path.Combine(Folder, JsonName);

    /// <summary>The Markdown as one part of a longer page: every heading one level lower. Nothing if the soak did not get that far.</summary>
    public IReadOnlyList<string> Summary() => File.Exists(Markdown)
        ? [.. File.ReadAllText(Markdown).TrimEnd('\n').Split('\n').Select(line => line.StartsWith('#') ? $"#{line}" : line)]
        : [];

    /// <summary>Removes the results of an earlier run: they must not pass for those of this one.</summary>
    public void Clear()
    {
        foreach (var path in new[] { Markdown, Json }.Where(File.Exists))
            File.Delete(path);
    }
}
