using System.Text;
using System.Text.RegularExpressions;

namespace Slipway.Reporting.Markdown;

/// <summary>Renders sections as GitHub Markdown. Text from elsewhere never becomes markup, a mention or a link.</summary>
public static partial class MarkdownRenderer
{
    /// <param name="level">The level of the heading; nested headings have the next ones.</param>
    /// <param name="limits">The limits of the page, if there are any.</param>
    public static IReadOnlyList<string> Lines(Block block, int level = 2, MarkdownLimits? limits = null) => [.. new Page(limits ?? MarkdownLimits.None).Block(block, level)];

    /// <summary>The same as one text with line endings; the last line is not empty.</summary>
    public static string Text(Block block, int level = 2, MarkdownLimits? limits = null) => string.Join('\n', Lines(block, level, limits)).TrimEnd('\n') + "\n";

    private sealed class Page(MarkdownLimits limits)
    {
        // every block ends with an empty line, so the next one is separate
        public IEnumerable<string> Block(Block block, int level) => block switch
        {
            Section { Folded: true } section => Folded(section.Heading, section.Blocks, level + 1),
            Section section => [$"{new string('#', level)} {Text(section.Heading)}", "", .. Blocks(section.Blocks, level + 1)],
            Paragraph { Style: ParagraphStyle.Verdict } paragraph => [$"**{Text(paragraph.Text)}**", ""],
            Paragraph { Style: ParagraphStyle.Note } paragraph => [$"> {Text(paragraph.Text)}", ""],
            Paragraph paragraph => [Text(paragraph.Text), ""],
            Bullets bullets => [.. bullets.Items.Take(limits.Lines).Select(item => $"- {Text(item)}"), "", .. Left(bullets.Items.Count, "lines")],
            CodeBlock code => [.. Code(code.Lines, ""), ""],
            Details details => Folded(details.Summary, details.Blocks, level, details.Open),
            Facts facts => Table(new([new("", ColumnStyle.RowHeader), new("")], [.. facts.Items.Select(fact => (IReadOnlyList<Cell>)[fact.Name, Value(fact)])])),
            Table table => Table(table),
            Gallery gallery => Blocks(gallery.Figures, level),
            Figure figure => Figure(figure),
            _ => throw new NotSupportedException($"Markdown does not show a {block.GetType().Name}."),
        };

        private IEnumerable<string> Blocks(IEnumerable<Block> blocks, int level) => blocks.SelectMany(block => Block(block, level));

        private IEnumerable<string> Folded(RichText summary, IEnumerable<Block> blocks, int level, bool open = false) =>
            [$"<details{(open ? " open" : "")}><summary>{Summary(summary)}</summary>", "", .. Blocks(blocks, level), "</details>", ""];

        private IEnumerable<string> Table(Table table)
        {
            int[] shown = [.. table.Columns.Index().Where(column => column.Item.Style != ColumnStyle.Bar).Select(column => column.Index)];
            return
            [
                Row(shown.Select(at => Text(table.Columns[at].Name))),
                $"|{string.Concat(shown.Select(at => table.Columns[at].Style == ColumnStyle.Number ? "---:|" : "---|"))}",
                .. table.Rows.Take(limits.Lines).Select(row => Row(shown.Select(at => Text(row[at].Text, limits.Letters)))),
                "",
                .. Left(table.Rows.Count, "rows"),
            ];
        }

        private IEnumerable<string> Figure(Figure figure) => figure.Mermaid.Count == 0 ? [] :
            [.. Fenced(figure.Mermaid, "mermaid"), "", .. figure.Notes.SelectMany(note => new[] { Text(note), "" })];

        private IEnumerable<string> Code(IReadOnlyList<string> lines, string language) =>
            Fenced([.. lines.Take(limits.Lines).Select(Line), .. lines.Count > limits.Lines ? [More(lines.Count, "lines")] : Array.Empty<string>()], language);

        private IEnumerable<string> Left(int count, string what) => count > limits.Lines ? [More(count, what), ""] : [];

        private string More(int count, string what) => FormattableString.Invariant($"... and {count - limits.Lines} more {what}; the log has them all.");

        private static RichText Value(Fact fact) => fact.Detail is { Length: > 0 } detail ? RichText.Of($"{fact.Value} ({detail})") : fact.Value;

        private static string Text(RichText text, int letters = int.MaxValue)
        {
            var line = new StringBuilder();
            foreach (var run in Shortened(text, letters))
            {
                var markdown = Run(run, line.Length == 0);
                // an exclamation mark would make a picture of a link
                if (run.Link is not null && line is [.., '!'])
                    line.Insert(line.Length - 1, '\\');
                line.Append(markdown);
            }

            return line.ToString();
        }

        // inside a tag whose content Markdown does not parse
        private string Summary(RichText text) => string.Concat(Shortened(text, limits.Letters).Select(run => run.Style == TextStyle.Strong
            ? $"<b>{MarkdownText.InTag(run.Text)}</b>"
            : MarkdownText.InTag(run.Text)));

        private static IEnumerable<TextRun> Shortened(RichText text, int left)
        {
            // adjacent runs with the same style are escaped together: a word may begin in one and end in the next
            foreach (var run in new RichText(text.Runs.Select(Shown)).Runs)
            {
                if (run.Text.Length <= left)
                {
                    yield return run;
                    left -= run.Text.Length;
                    continue;
                }

                yield return run with { Text = run.Text[..left] + "…" };
                yield break;
            }
        }

        private string Line(string line)
        {
            var clean = MarkupText.Clean(line).ReplaceLineEndings(" ");
            return clean.Length > limits.Letters ? clean[..limits.Letters] + "…" : clean;
        }
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static TextRun Shown(TextRun run) => run.Style switch
    {
        TextStyle.LineBreak or TextStyle.Code => run,
        TextStyle.Strong or TextStyle.Failed => new(run.Text, TextStyle.Strong),
        _ => new(run.Text, Link: SafeLink.Of(run.Link)),
    };

    private static string Run(TextRun run, bool first) => run switch
    {
        { Style: TextStyle.LineBreak } => "<br>",
        { Style: TextStyle.Code } => MarkdownText.Code(run.Text),
        { Style: TextStyle.Strong } => $"**{MarkdownText.Escape(run.Text)}**",
        { Link: { } link } => $"[{MarkdownText.Escape(run.Text)}]({link})",
        _ => $"{(!first && run.Text.StartsWith(' ') ? " " : "")}{MarkdownText.Escape(run.Text)}",
    };

    // only a fence of the same length ends a code block
    private static IEnumerable<string> Fenced(IReadOnlyCollection<string> lines, string language)
    {
        var longest = lines.SelectMany(line => Backticks().Matches(line)).Select(run => run.Length).DefaultIfEmpty().Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        return [fence + language, .. lines, fence];
    }

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
