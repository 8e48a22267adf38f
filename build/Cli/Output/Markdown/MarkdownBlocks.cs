using System.Net;
using System.Text.RegularExpressions;
using Slipway.Registry;

namespace Slipway.Build.Cli.Output.Markdown;

/// <summary>Parts of GitHub Markdown that hold text of others.</summary>
public static partial class MarkdownBlocks
{
    /// <summary>More of one thing nobody reads, and a page has room for 1 MiB.</summary>
    public const int MostLines = 400;

    private const int MostLetters = 1000;

    /// <summary>Lines as they are.</summary>
    public static IEnumerable<string> Code(IReadOnlyCollection<string> lines, string language = "")
    {
        string[] shown = [.. lines.Take(MostLines).Select(Line)];
        // a fence is ended by one that is as long
        var fence = new string('`', shown.SelectMany(line => Backticks().Matches(line)).Select(run => run.Length).DefaultIfEmpty().Max() is var longest and >= 3 ? longest + 1 : 3);
        return [fence + language, .. shown, .. More(lines.Count, "lines"), fence];
    }

    /// <summary>What is shown at a click.</summary>
    public static IEnumerable<string> Collapsed(string title, IEnumerable<string> content) =>
        [$"<details><summary>{WebUtility.HtmlEncode(Line(title))}</summary>", "", .. content, "", "</details>", ""];

    /// <summary>A table with words in its cells.</summary>
    /// <param name="head">Names of the columns; one that ends with a colon holds numbers.</param>
    public static IEnumerable<string> Table(IReadOnlyList<string> head, IReadOnlyCollection<IReadOnlyList<string>> rows) =>
    [
        $"| {string.Join(" | ", head.Select(column => column.TrimEnd(':')))} |",
        $"|{string.Concat(head.Select(column => column.EndsWith(':') ? "---:|" : "---|"))}",
        .. rows.Take(MostLines).Select(row => $"| {string.Join(" | ", row.Select(cell => MarkdownText.Escape(Line(cell))))} |"),
        "",
        .. More(rows.Count, "rows").SelectMany(line => new[] { line, "" }),
    ];

    private static IEnumerable<string> More(int count, string what) =>
        count > MostLines ? [$"... and {count - MostLines} more {what}; the log has them all."] : [];

    private static string Line(string text)
    {
        var clean = MarkupText.Clean(text).ReplaceLineEndings(" ");
        return clean.Length > MostLetters ? clean[..MostLetters] + "…" : clean;
    }

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
