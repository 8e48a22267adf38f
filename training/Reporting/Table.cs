namespace Slipway.Reporting;

/// <param name="Rows">Each has a cell for each column.</param>
public sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows) : Block
{
    /// <summary>Keys and values.</summary>
    public static Table Pairs(IEnumerable<KeyValuePair<string, string>> rows) => new(
        [new("", ColumnStyle.RowHeader), new("")], [.. rows.Select(row => (IReadOnlyList<Cell>)[row.Key, row.Value])]);

    public bool HasHead => Columns.Any(column => column.Name.Length > 0);
}

public sealed record Column(string Name, ColumnStyle Style = ColumnStyle.Text)
{
    public static implicit operator Column(string name) => new(name);
}

public enum ColumnStyle
{
    Text,

    /// <summary>The name of the row.</summary>
    RowHeader,

    /// <summary>Sentences, which need space.</summary>
    Prose,

    Number,

    /// <summary>Bars next to a column of numbers, if the medium supports them.</summary>
    Bar,
}

/// <param name="Share">The length of a bar, as a fraction of the longest.</param>
public sealed record Cell(RichText Text, double? Share = null)
{
    public static implicit operator Cell(string text) => new((RichText)text);

    public static implicit operator Cell(TextRun run) => new((RichText)run);

    public static implicit operator Cell(RichText text) => new(text);

    public static Cell Bar(double? share) => new(RichText.Empty, share);
}
