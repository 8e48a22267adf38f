using System.Collections;
using System.Data;
using System.Globalization;

namespace Slipway.Analysis;

/// <summary>Prints the first rows of a result as a table.</summary>
public static class ResultTable
{
    public const int MaxRows = 100;
    private const int MaxWidth = 80;

    public static void Print(IDataReader rows, TextWriter output)
    {
        var cells = new List<string[]> { Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).Select(Shown).ToArray() };
        var more = false;
        while (rows.Read() && !(more = cells.Count > MaxRows))
            cells.Add([.. Enumerable.Range(0, rows.FieldCount).Select(column => Shown(rows.IsDBNull(column) ? "NULL" : Text(rows.GetValue(column))))]);

        var widths = Enumerable.Range(0, rows.FieldCount).Select(column => cells.Max(row => row[column].Length)).ToArray();
        cells.Insert(1, [.. widths.Select(width => new string('-', width))]);
        foreach (var row in cells)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine();
        output.WriteLine(more ? $"The first {MaxRows} rows; --output=<file.csv> writes all of them." : $"{cells.Count - 2} rows");
    }

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        string text => text,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Text(key)}={Text(map[key])}"))}}}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // callers' text must not control the terminal
    private static string Shown(string text)
    {
        var visible = string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
        return visible.Length <= MaxWidth ? visible : $"{visible.AsSpan(0, MaxWidth - 1)}…";
    }
}
