namespace Slipway.Reporting;

/// <param name="Rows">With a cell for each column.</param>
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

    /// <summary>What the row is about.</summary>
    RowHeader,

    /// <summary>Sentences, which need room.</summary>
    Prose,

    Number,

    /// <summary>Bars beside a column of numbers, where the medium draws them.</summary>
    Bar,
}

/// <param name="Share">How long a bar is, of the longest.</param>
public sealed record Cell(RichText Text, double? Share = null)
{
    public static implicit operator Cell(string text) => new((RichText)text);

    public static implicit operator Cell(TextRun run) => new((RichText)run);

    public static implicit operator Cell(RichText text) => new(text);

    public static Cell Bar(double? share) => new(RichText.Empty, share);
}
