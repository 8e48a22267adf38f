using System.Globalization;

namespace Slipway.Build.Cli.GitHub;

/// <summary>A line in the output of a step that GitHub's runner interprets as a command (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).</summary>
public static class WorkflowCommand
{
    // GitHub's limits are 255 and 64 Ki, but nobody reads that much next to a line
    private const int MaxTitleLength = 200;
    private const int MaxMessageLength = 4000;

    public static string Of(Annotation annotation)
    {
        var properties = new (string Name, string? Value)[]
        {
            ("file", annotation.File),
            ("line", annotation.Line?.ToString(CultureInfo.InvariantCulture)),
            ("col", annotation.Column?.ToString(CultureInfo.InvariantCulture)),
            ("title", Cut(annotation.Title, MaxTitleLength)),
        };
        var given = string.Join(',', properties.Where(one => one.Value is not null).Select(one => $"{one.Name}={Property(one.Value!)}"));
        return $"::{annotation.Level.ToString().ToLowerInvariant()}{(given.Length > 0 ? " " : "")}{given}::{Message(Cut(annotation.Message, MaxMessageLength)!)}";
    }

    private static string? Cut(string? text, int most) => text?.Length > most ? text[..most] + "…" : text;

    private static string Message(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Message(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
