using System.Globalization;

namespace Slipway.Reporting.Html;

internal sealed class HtmlTable(HtmlWriter html, HtmlText text)
{
    private const double WidthOfBar = 120;

    public void Write(Table table) => html.Element("table", HtmlBlocks.Class(table.HasHead ? "" : "pairs"), () =>
    {
        if (table.HasHead)
            html.Element("thead", [], () => html.Element("tr", [], () => Head(table.Columns)));
        html.Element("tbody", [], () =>
        {
            foreach (var row in table.Rows)
                html.Element("tr", [], () => Row(table.Columns, row));
        });
    });

    private void Head(IEnumerable<Column> columns)
    {
        foreach (var column in columns)
            html.Element("th", [new("scope", "col"), .. Class(column.Style)], () => html.Text(column.Name));
    }

    private void Row(IReadOnlyList<Column> columns, IReadOnlyList<Cell> row)
    {
        foreach (var (at, cell) in row.Index())
            html.Element(
                columns[at].Style == ColumnStyle.RowHeader ? "th" : "td",
                columns[at].Style == ColumnStyle.RowHeader ? [new("scope", "row")] : Class(columns[at].Style),
                () => Cell(cell));
    }

    private void Cell(Cell cell)
    {
        text.Write(cell.Text);
        if (cell.Share is { } share)
            html.Element("span", [new("class", "bar"), new("style", string.Create(CultureInfo.InvariantCulture, $"width: {Math.Clamp(WidthOfBar * share, 1, WidthOfBar):0.#}px"))], () => { });
    }

    private static IEnumerable<KeyValuePair<string, string>> Class(ColumnStyle style) => HtmlBlocks.Class(style switch
    {
        ColumnStyle.Number => "number",
        ColumnStyle.Prose => "prose",
        ColumnStyle.Bar => "scale",
        _ => "",
    });
}
