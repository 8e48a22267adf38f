using System.Data;

namespace Slipway.Analysis;

/// <summary>Prints the first rows of a result, whose columns are text, as a table.</summary>
public static class ResultTable
{
    public const int MaxRows = 100;
    private const int MaxWidth = 80;

    public static void Print(IDataReader rows, TextWriter output)
    {
        var cells = new List<string[]> { Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).Select(Shown).ToArray() };
        var more = false;
        while (rows.Read() && !(more = cells.Count > MaxRows))
            cells.Add([.. Enumerable.Range(0, rows.FieldCount).Select(column => Shown(rows.IsDBNull(column) ? "NULL" : rows.GetString(column)))]);

        var widths = Enumerable.Range(0, rows.FieldCount).Select(column => cells.Max(row => row[column].Length)).ToArray();
        cells.Insert(1, [.. widths.Select(width => new string('-', width))]);
        foreach (var row in cells)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine();
        output.WriteLine(more ? $"The first {MaxRows} rows; --output=<file.csv> writes all of them." : cells.Count == 3 ? "1 row" : $"{cells.Count - 2} rows");
    }

    // callers' text must not control the terminal
    private static string Shown(string text)
    {
        var visible = string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
        return visible.Length <= MaxWidth ? visible : $"{visible.AsSpan(0, MaxWidth - 1)}…";
    }
}
