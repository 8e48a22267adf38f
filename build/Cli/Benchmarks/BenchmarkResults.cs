using System.Text.Json;

namespace Slipway.Build.Cli.Benchmarks;

/// <summary>The files that the benchmark program writes: Markdown and a picture for people, and JSON for programs.</summary>
public sealed record BenchmarkResults(string Folder)
{
    public const string MarkdownName = "benchmark.md";
    public const string JsonName = "benchmark.json";
    public const string PictureName = "benchmark.svg";

    public string Markdown => Path.Combine(Folder, MarkdownName);

    public string Json => Path.Combine(Folder, JsonName);

    public string Picture => Path.Combine(Folder, PictureName);

    /// <summary>The Markdown as one part of a longer page: every heading one level lower.</summary>
    public IReadOnlyList<string> Summary() =>
        [.. File.ReadAllText(Markdown).TrimEnd('\n').Split('\n').Select(line => line.StartsWith('#') ? $"#{line}" : line)];

    /// <summary>What to know about the machine before reading the results; null if it was quiet.</summary>
    public string? Warning()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Json));
        return json.RootElement.GetProperty("machine").GetProperty("warning").GetString();
    }
}
