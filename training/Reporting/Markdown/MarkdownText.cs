using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Slipway.Reporting.Markdown;

/// <summary>
/// Escapes text for Markdown: nothing in it becomes a column, a tag, a heading, a list, a link or an emphasis, and it notifies no one. Column names
/// and categories come from somebody's file, and may contain anything.
/// </summary>
public static partial class MarkdownText
{
    /// <summary>On one line. What GitHub would turn into a link, a mention or an emoji is formatted as code, which GitHub leaves alone and people can copy.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var word in OneLine(text).TrimStart(' ').Split(' '))
        {
            if (escaped.Length > 0)
                escaped.Append(' ');
            if (MeansSomethingToGitHub().IsMatch(word))
                escaped.Append(Span(word));
            else
                Append(escaped, word);
        }

        var line = escaped.ToString();
        // what would begin a block at the start of a line
        return Block().Match(line) is { Success: true } block ? line.Insert(block.Groups["mark"].Index, "\\") : line;
    }

    /// <summary>On one line and unchanged, formatted as code, also in a table cell.</summary>
    public static string Code(string text) => Span(OneLine(text));

    /// <summary>On one line, between tags of HTML, where Markdown is not read.</summary>
    public static string InTag(string text) => string.Join(' ', OneLine(text).Split(' ').Select(word =>
        MeansSomethingToGitHub().IsMatch(word) ? $"<code>{WebUtility.HtmlEncode(word)}</code>" : WebUtility.HtmlEncode(word)));

    private static string OneLine(string text) => MarkupText.Clean(text).ReplaceLineEndings(" ").Replace('\t', ' ');

    private static void Append(StringBuilder escaped, string word)
    {
        foreach (var character in word)
            _ = character switch
            {
                '<' => escaped.Append("&lt;"), // a backslash would do on GitHub, but not everywhere
                '&' => escaped.Append("&amp;"),
                '\\' or '`' or '*' or '_' or '|' or '[' or ']' or '~' => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
    }

    // a code span ends at as many backticks as it began with, and a table is split into cells before code spans are recognized
    private static string Span(string text)
    {
        var fence = new string('`', Backticks().Matches(text).Select(run => run.Length).DefaultIfEmpty().Max() + 1);
        var blank = text.StartsWith('`') || text.EndsWith('`') ? " " : "";
        return text.Length == 0 ? "" : $"{fence}{blank}{text.Replace("|", "\\|", StringComparison.Ordinal)}{blank}{fence}";
    }

    // @team and somebody@example.org, #1 and GH-1, https://, www., :warning: and $formula$
    [GeneratedRegex(@"@[\w/]|#\d|\bGH-\d|://|\bwww\.|:\+1:|:-1:|:(?=[\w+-]*:)[\w+-]*?[A-Za-z]|\$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MeansSomethingToGitHub();

    [GeneratedRegex(@"^(?<mark>>)|^(?<mark>#)#{0,5}( |$)|^(?<mark>[-+])( |$)|^(?<mark>-)[- ]+$|^(?<mark>=)=*$|^\d{1,9}(?<mark>[.)])( |$)", RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
