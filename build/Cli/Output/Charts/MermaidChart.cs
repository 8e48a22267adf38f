using System.Globalization;
using System.Text;
using Slipway.Reporting;

namespace Slipway.Build.Cli.Output.Charts;

/// <summary>
/// Charts that GitHub renders in summaries and comments: Mermaid blocks in Markdown, because it does not show data URIs or SVG. Checked by eye
/// against mermaid 11, light and dark.
/// </summary>
public static class MermaidChart
{
    /// <summary>The emoji for a color in Markdown, where text cannot be colored. Both are readable on white and on black.</summary>
    internal static IReadOnlyList<(string Color, string Sign)> Palette { get; } = [("#2f81f7", "🟦"), ("#d9730d", "🟧"), ("#2da44e", "🟩"), ("#8957e5", "🟪")];

    private const int MaxLength = 60;

    // Markdown makes one space of many
    private const string Wide = " \u00a0 ";

    /// <summary>A chart, with its legend and a note about omitted data below it.</summary>
    /// <param name="series">One name per color; a single series needs no legend.</param>
    internal static Figure Figure(string title, IEnumerable<string> chart, IReadOnlyList<string> series, string leftOut) => new(title)
    {
        Mermaid = [.. chart],
        Notes =
        [
            .. series.Count > 1 ? new RichText[] { string.Join(Wide, series.Select((name, at) => $"{Palette[at].Sign} {name}")) } : [],
            .. leftOut.Length > 0 ? new RichText[] { leftOut } : [],
        ],
    };

    /// <summary>The first lines of a chart with axes.</summary>
    /// <param name="height">In pixels.</param>
    internal static IEnumerable<string> Head(string kind, string title, int height) =>
    [
        "%%{init: {\"xyChart\": {\"height\": " + Number(height) + "}, \"themeVariables\": {\"xyChart\": {\"backgroundColor\": \"transparent\", \"plotColorPalette\": \""
            + string.Join(", ", Palette.Select(one => one.Color)) + "\"}}}}%%",
        kind,
        $"    title {Text(title)}",
    ];

    /// <summary>A quoted text that cannot end its quotes, and cannot start a directive, a tag or Markdown.</summary>
    internal static string Text(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in Short(MarkupText.Clean(text)))
            _ = letter switch
            {
                < ' ' => quoted.Append(' '),
                '"' => quoted.Append("#quot;"),
                '<' => quoted.Append("#lt;"),
                '>' => quoted.Append("#gt;"),
                '#' => quoted.Append("#35;"),
                '&' => quoted.Append("#amp;"),
                '`' => quoted.Append("#96;"),
                '%' when quoted[^1] == '%' => quoted.Append("#37;"),
                _ => quoted.Append(letter),
            };
        // Mermaid rejects empty text
        return quoted.Append(quoted.Length == 1 ? " \"" : "\"").ToString();
    }

    /// <summary>Mermaid does not parse exponents.</summary>
    internal static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.EnumerateRunes().Count() <= MaxLength
        ? text
        : string.Concat(text.EnumerateRunes().Take(MaxLength - 1)) + "…";
}
