using System.Text;

namespace Slipway.Reporting.Terminal;

/// <summary>
/// Renders a section as lines for a terminal: aligned, and never wrapped, so that URLs and commands can be copied. No text can move the cursor or
/// change a color.
/// </summary>
public static class TerminalRenderer
{
    private const int Indent = 2;

    /// <returns>The lines, starting with the heading.</returns>
    public static IReadOnlyList<string> Lines(Section section) => [Clean(section.Heading), .. section.Blocks.SelectMany(Block)];

    private static IEnumerable<string> Block(Block block) => Unindented(block).Select(line => line.Length == 0 ? line : new string(' ', Indent) + line);

    private static IEnumerable<string> Unindented(Block block) => block switch
    {
        Section section => Lines(section),
        Paragraph { Style: ParagraphStyle.Quiet } or Figure or Gallery => [],
        Paragraph paragraph => [Text(paragraph.Text)],
        Bullets bullets => bullets.Items.Select(item => $"- {Text(item)}"),
        CodeBlock code => code.Lines.Select(Clean),
        Details details => [Text(details.Summary), .. details.Blocks.SelectMany(Block)],
        Facts facts => Aligned([.. facts.Items.Select(fact => (string[])[Clean(fact.Name), $"{Text(fact.Value)}{(fact.Detail is { Length: > 0 } detail ? $"  {Clean(detail)}" : "")}"])], [false, false]),
        Table table => Rows(table),
        _ => throw new NotSupportedException($"A terminal does not show a {block.GetType().Name}."),
    };

    private static IEnumerable<string> Rows(Table table)
    {
        int[] shown = [.. table.Columns.Index().Where(column => column.Item.Style != ColumnStyle.Bar).Select(column => column.Index)];
        var rows = table.Rows.Select(row => shown.Select(at => Text(row[at].Text)).ToArray());
        string[][] head = table.HasHead ? [[.. shown.Select(at => Clean(table.Columns[at].Name))]] : [];
        return Aligned([.. head, .. rows], [.. shown.Select(at => table.Columns[at].Style == ColumnStyle.Number)]);
    }

    private static IEnumerable<string> Aligned(IReadOnlyList<string[]> rows, IReadOnlyList<bool> numbers)
    {
        int[] widths = [.. numbers.Select((_, at) => rows.Select(row => row[at].Length).DefaultIfEmpty().Max())];
        return rows.Select(row => string.Join("  ", row.Select((cell, at) => numbers[at] ? cell.PadLeft(widths[at]) : cell.PadRight(widths[at]))).TrimEnd());
    }

    private static string Text(RichText text) =>
        string.Concat(text.Runs.Select(run => run.Style == TextStyle.LineBreak ? " " : Clean(run.Text)));

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in MarkupText.Clean(text).ReplaceLineEndings(" "))
            clean.Append(letter == '\t' ? ' ' : char.IsControl(letter) ? '\uFFFD' : letter);
        return clean.ToString();
    }
}
