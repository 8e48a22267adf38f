using System.Text;
using Sylvan.Data.Csv;

namespace Slipway.Registry;

/// <summary>
/// Reads any CSV with a header as a stream of rows: quotes with embedded delimiters and line ends, byte order mark,
/// comma, semicolon or tab, LF or CRLF, UTF-8. What is broken is an error that names the row, never a guess.
/// </summary>
public sealed class CsvRows : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CsvDataReader _reader;
    private readonly string _source;

    private CsvRows(CsvDataReader reader, string source, IReadOnlyList<string> columns) =>
        (_reader, _source, Columns) = (reader, source, columns);

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of the current data row, 1 for the first below the header.</summary>
    public long Row { get; private set; }

    /// <param name="content">Read from its position on; disposed with the reader.</param>
    /// <param name="source">What to call it in messages, such as its key or path.</param>
    /// <exception cref="SlipwayException">There is no usable header.</exception>
    public static CsvRows Open(Stream content, string source)
    {
        RefuseOtherFormats(content, source);
        var text = new StreamReader(content, StrictUtf8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        return Guarded(source, row: 0, () =>
        {
            // The delimiter is found from the header line. A row may begin with '#': CSV has no comments.
            var reader = CsvDataReader.Create(
                text, new CsvDataReaderOptions { Comment = '\0', BufferSize = 1 << 16, MaxBufferSize = 1 << 24 });
            return new CsvRows(reader, source, Header(reader, source));
        });
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="SlipwayException">The row is broken; the message names it.</exception>
    public bool Read()
    {
        if (!Guarded(_source, Row + 1, _reader.Read))
            return false;

        Row++;
        if (IsBlank)
            return EndAtBlankLines();
        return _reader.RowFieldCount == Columns.Count
            ? true
            : throw new SlipwayException(
                $"{_source}, data row {Row}: {_reader.RowFieldCount} values, but the header has {Columns.Count} columns. " +
                "Check for a missing or an unquoted delimiter in this row.");
    }

    // in a file of one column it is a missing value
    private bool IsBlank => Columns.Count > 1 && _reader.RowFieldCount == 1 && _reader.GetFieldSpan(0).IsEmpty;

    /// <summary>Editors and spreadsheets leave empty lines below the last row; between rows they are none.</summary>
    private bool EndAtBlankLines()
    {
        var first = Row;
        while (Guarded(_source, Row + 1, _reader.Read))
        {
            Row++;
            if (!IsBlank)
                throw new SlipwayException($"{_source}, data row {first}: the line is empty, but rows follow. Delete it.");
        }

        Row = first - 1;
        return false;
    }

    /// <summary>A value of the current row, without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> Value(int column) => _reader.GetFieldSpan(column);

    /// <summary>The position of a column, or -1.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i] == column)
                return i;
        return -1;
    }

    public void Dispose() => _reader.Dispose();

    private static string[] Header(CsvDataReader reader, string source)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i).Trim()).ToArray();
        if (columns is [] or [""])
            throw new SlipwayException($"{source} is empty: the first line must name the columns.");
        if (Array.IndexOf(columns, "") is >= 0 and var unnamed)
            throw new SlipwayException(columns[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
                ? $"{source} begins with '{columns[0]}', which only Excel understands. Delete this line: the first line must name the columns."
                : $"{source}: column {unnamed + 1} of {columns.Length} has no name in the header. Name it; if it is empty, as spreadsheets leave some on the right, delete it.");
        if (columns.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new SlipwayException($"{source}: the header names '{repeated.Key}' {repeated.Count()} times; column names must differ.");
        return columns;
    }

    private static T Guarded<T>(string source, long row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException e)
        {
            // decoded ahead of the rows, so that the place is known only roughly
            throw new SlipwayException($"{source}{(row == 0 ? "" : $", near data row {row}")}: not valid UTF-8. Save the file as UTF-8. Spreadsheets call it CSV UTF-8.", e);
        }
        catch (CsvMissingHeadersException e)
        {
            throw new SlipwayException($"{source} is empty: the first line must name the columns.", e);
        }
        catch (CsvRecordTooLargeException e)
        {
            throw new SlipwayException($"{source}, data row {row}: longer than 16 million characters. Is a quote left open?", e);
        }
        catch (Exception e) when (e is CsvFormatException or CsvInvalidCharacterException or AmbiguousColumnException or CsvConfigurationException)
        {
            throw new SlipwayException($"{source}, {(row == 0 ? "header" : $"data row {row}")}: {e.Message}", e);
        }
    }

    private static void RefuseOtherFormats(Stream content, string source)
    {
        if (!content.CanSeek)
            return;

        Span<byte> head = stackalloc byte[4];
        var start = content.Position;
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        content.Position = start;
        if (FormatOf(head) is { } format)
            throw new SlipwayException($"{source} is {format} and no CSV: export it as CSV, with a header.");
    }

    private static string? FormatOf(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', 3, 4] => "a zip file, such as an Excel workbook,",
        [0xD0, 0xCF, 0x11, 0xE0] => "an old Excel workbook",
        [0x1F, 0x8B, ..] => "packed with gzip",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1'] => "a Parquet file",
        [(byte)'{', (byte)'"' or (byte)'\n' or (byte)'\r' or (byte)' ', ..] or [(byte)'[', (byte)'{' or (byte)'\n' or (byte)'\r' or (byte)' ', ..] => "JSON",
        _ => null,
    };
}
