using System.Text;
using Sylvan.Data.Csv;

namespace Slipway.Registry.Rows;

/// <summary>
/// Reads any CSV file as a stream of rows: quotes with embedded delimiters and line breaks, spaces around quotes, byte order mark, comma, semicolon
/// or tab, LF or CRLF, UTF-8 or UTF-16. Malformed input is an error that names the row, never a guess.
/// </summary>
public sealed class CsvRows : IDisposable
{
    private const int MaxEchoLength = 64;

    private readonly CsvDataReader _reader;
    private readonly Func<bool> _next;
    private readonly string _source;
    private readonly CsvForm _form;
    private bool _atFirst;

    private CsvRows(CsvDataReader reader, string source, CsvForm form)
    {
        (_reader, _next, _source, _form) = (reader, reader.Read, source, form);
        _atFirst = _next();
        if (!_atFirst)
            throw new SlipwayException($"{source} is empty{(form.Header is null ? ": the first line must name the columns." : ".")}");
        if (form.Header is { } names)
        {
            Columns = names;
            return;
        }

        _atFirst = false;
        var header = ReadHeader();
        HasIndex = header.Length > 1 && header[0].Length == 0 && header.AsSpan(1).IndexOf("") < 0;
        Columns = HasIndex ? header[1..] : header;
        CheckNames(header.Length);
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The first column has no name, as when pandas and R write row numbers: it is not one of <see cref="Columns"/>.</summary>
    public bool HasIndex { get; }

    /// <summary>Number of the current data row, 1 for the first.</summary>
    public long Row { get; private set; }

    /// <param name="content">Read from its current position; disposed with the reader.</param>
    /// <param name="source">Its name in messages, such as its key or path.</param>
    /// <param name="form">By default that of a dataset.</param>
    /// <exception cref="SlipwayException">There is no usable header.</exception>
    public static CsvRows Open(Stream content, string source, CsvForm? form = null)
    {
        form ??= CsvForm.Dataset;
        var text = new StreamReader(content, CsvEncoding.Of(content, source), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        return Guarded(source, row: form.Header is null ? 0 : 1, () =>
        {
            var csv = new CsvText(text, source, form);
            // A row may begin with '#': CSV has no comments.
            var reader = CsvDataReader.Create(
                csv, new CsvDataReaderOptions { HasHeaders = false, Delimiter = csv.Delimiter, Comment = '\0', BufferSize = 1 << 16, MaxBufferSize = 1 << 24 });
            return new CsvRows(reader, source, form);
        });
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="SlipwayException">The row is malformed; the message names it.</exception>
    public bool Read()
    {
        if (!_atFirst && !Guarded(_source, Row + 1, _next))
            return false;

        _atFirst = false;
        Row++;
        if (IsBlank)
            return EndAtBlankLines();
        return _reader.RowFieldCount == Width ? true : throw Ragged();
    }

    /// <summary>A value of the current row, without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> Value(int column) => _reader.GetFieldSpan(column + (HasIndex ? 1 : 0));

    /// <summary>The index of a column, or -1.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i] == column)
                return i;
        return -1;
    }

    public void Dispose() => _reader.Dispose();

    private int Width => Columns.Count + (HasIndex ? 1 : 0);

    // in a file with one column, it is a missing value
    private bool IsBlank => Width > 1 && _reader.RowFieldCount == 1 && _reader.GetFieldSpan(0).IsEmpty;

    /// <summary>Editors and spreadsheets leave empty lines after the last row; between rows, they are errors.</summary>
    private bool EndAtBlankLines()
    {
        var first = Row;
        while (Guarded(_source, Row + 1, _next))
        {
            Row++;
            if (!IsBlank)
                throw new SlipwayException($"{_source}, data row {first}: the line is empty, but more rows follow. Delete it.");
        }

        Row = first - 1;
        return false;
    }

    private string[] ReadHeader()
    {
        var names = new string[_reader.RowFieldCount];
        for (var i = 0; i < names.Length; i++)
            names[i] = _reader.GetFieldSpan(i).Trim().ToString();
        return names;
    }

    private void CheckNames(int width)
    {
        if (Columns is [""])
            throw new SlipwayException($"{_source} is empty: the first line must name the columns.");

        var seen = new HashSet<string>(Columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Length == 0)
                throw new SlipwayException(Columns[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
                    ? $"{_source} begins with '{Shortened(Columns[0])}', which is specific to Excel. Delete this line: the first line must name the columns."
                    : $"{_source}: column {i + 1} of {width} has no name in the header. Name it, or delete it if it is empty, like those that spreadsheets leave on the right.");
            if (!seen.Add(Columns[i]))
                throw new SlipwayException($"{_source}: the header contains '{Shortened(Columns[i])}' {Columns.Count(name => name == Columns[i])} times; column names must differ.");
        }
    }

    private SlipwayException Ragged() => new(_form.Header is null
        ? $"{_source}, data row {Row}: {_reader.RowFieldCount} values, but the header has {Width} columns. Check for a missing or an unquoted delimiter in this row."
        : $"{_source}, data row {Row}: {_reader.RowFieldCount} values. Without a header there must be {Width}, in this order: {string.Join(", ", Columns)}.");

    private static string Shortened(string text) => text.Length <= MaxEchoLength ? text : $"{text[..MaxEchoLength]}...";

    private static T Guarded<T>(string source, long row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException e)
        {
            // decoded ahead of the rows, so the position is only approximate
            throw new SlipwayException($"{source}{(row == 0 ? "" : $", near data row {row}")}: not valid UTF-8. Save the file as UTF-8 (CSV UTF-8 in spreadsheets).", e);
        }
        catch (CsvRecordTooLargeException e)
        {
            throw new SlipwayException($"{source}, {Place(row)}: longer than 16 million characters. Check for an unclosed quote.", e);
        }
        catch (Exception e) when (e is CsvFormatException or CsvInvalidCharacterException or CsvConfigurationException)
        {
            throw new SlipwayException($"{source}, {Place(row)}: {e.Message}", e);
        }

        static string Place(long row) => row == 0 ? "header" : $"data row {row}";
    }
}
