using System.Text;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>
/// CSV as most callers send it, read where it is: values of printable ASCII without quotes, separated by commas, in the columns of the model. For anything else,
/// also for whatever is wrong with it, there is <see cref="RawCsv"/>, which has read the same header before.
/// </summary>
/// <param name="Start">Where the first row is in the body.</param>
/// <param name="Columns">The model's column for each value of a row.</param>
public readonly record struct PlainCsv(int Rows, int Start, int[] Columns, bool HasHeader)
{
    private const int MaxLineLength = 1024;

    /// <returns>Null if it has to be read by <see cref="RawCsv"/>.</returns>
    public static PlainCsv? Find(ReadOnlySpan<byte> body, ModelProfile profile, bool header, int maxRows)
    {
        var (columns, start) = (profile.ColumnOrder, 0);
        if (header)
        {
            if (profile.LastCsvHeader is not { } last || !body.StartsWith(last.Line))
                return null;
            (columns, start) = (last.Columns, last.Line.Length);
        }

        if (columns.Length < 2)
            return null;
        var rows = 0;
        for (var left = body[start..]; !left.IsEmpty; rows++)
            if (rows == maxRows || !IsPlain(NextLine(ref left), columns.Length))
                return null;
        return rows == 0 ? null : new(rows, start, columns, header);
    }

    /// <param name="body">The one in which it was found.</param>
    public void Encode(ReadOnlySpan<byte> body, RowEncoder rows)
    {
        Span<char> text = stackalloc char[MaxLineLength];
        var left = body[Start..];
        for (var row = 0; row < Rows; row++)
        {
            ReadOnlySpan<char> line = text[..Encoding.ASCII.GetChars(NextLine(ref left), text)];
            foreach (var column in Columns)
            {
                var end = line.IndexOf(',');
                rows.Text(row, column, end < 0 ? line : line[..end]);
                line = line[(end + 1)..];
            }
        }
    }

    /// <summary>Remembers a header that <see cref="RawCsv"/> has read, if rows below it can be read here.</summary>
    /// <param name="columns">The model's column for each column of the header; negative for one that it does not have.</param>
    public static void Remember(ReadOnlySpan<byte> body, ModelProfile profile, int[] columns)
    {
        var end = body.IndexOf((byte)'\n');
        if (end < 0 || end >= MaxLineLength || Array.Exists(columns, column => column < 0))
            return;
        var line = body[..(end + 1)];
        // another separator, or a line break within quotes
        if (line.ContainsAny(";\t"u8) || line.Count((byte)'"') % 2 != 0 || (line.IndexOf((byte)'\r') is >= 0 and var carriage && carriage != end - 1))
            return;
        if (profile.LastCsvHeader is not { } last || !line.SequenceEqual(last.Line))
            profile.LastCsvHeader = new(line.ToArray(), columns);
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> left)
    {
        var end = left.IndexOf((byte)'\n');
        var line = end < 0 ? left : left[..end];
        left = end < 0 ? default : left[(end + 1)..];
        return line is [.. var text, (byte)'\r'] ? text : line;
    }

    private static bool IsPlain(ReadOnlySpan<byte> line, int columns) =>
        line.Length is > 0 and <= MaxLineLength && !line.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !line.ContainsAny("\";"u8) && line.Count((byte)',') == columns - 1;
}

/// <summary>The header of the last CSV, with its line break.</summary>
/// <param name="Columns">The model's column for each of its columns.</param>
public sealed record SeenCsvHeader(byte[] Line, int[] Columns);
