using System.Buffers;

namespace Slipway.Registry.Rows;

/// <summary>
/// Preprocesses the text of a CSV file for the parser: detects the delimiter outside quotes, removes the spaces that people put around quotes
/// (<c>"a", "b"</c>), and rejects text with more columns than allowed while that is still cheap.
/// </summary>
internal sealed class CsvText : TextReader
{
    private const int ChunkSize = 1 << 14;
    private const int MaxRecordLength = 1 << 24;

    private readonly TextReader _inner;
    private readonly string _source;
    private readonly CsvForm _form;
    private readonly char[] _chunk = new char[ChunkSize];
    private readonly ArrayBufferWriter<char> _ready = new(ChunkSize);
    private readonly ArrayBufferWriter<char> _blanks = new(16);

    private ReadOnlyMemory<char> _first;
    private int _taken;
    private State _state = State.FieldStart;
    private int _fields = 1;
    private long _record;
    private bool _afterReturn;

    public CsvText(TextReader inner, string source, CsvForm form)
    {
        (_inner, _source, _form) = (inner, source, form);
        _first = FirstRecord();
        Delimiter = CsvDelimiter.Of(_first.Span, form.Header?.Count);
    }

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,

        /// <summary>After a quote within quotes: the end of the field, or the first half of an escaped quote.</summary>
        Quote,

        /// <summary>After the closing quote.</summary>
        Closed,
    }

    public char Delimiter { get; }

    public override int Read(Span<char> buffer)
    {
        while (_taken == _ready.WrittenCount)
            if (!Prepare())
                return 0;

        var count = Math.Min(buffer.Length, _ready.WrittenCount - _taken);
        _ready.WrittenSpan.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Peek() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>As much as is needed for the whole first line.</summary>
    private ReadOnlyMemory<char> FirstRecord()
    {
        var text = new ArrayBufferWriter<char>(ChunkSize);
        var seen = 0;
        var end = new CsvDelimiter.RecordEnd();
        while (text.WrittenCount < MaxRecordLength && _inner.Read(text.GetSpan(ChunkSize)) is > 0 and var count)
        {
            text.Advance(count);
            if (end.IsIn(text.WrittenSpan[seen..]))
                break;
            seen = text.WrittenCount;
        }

        return text.WrittenMemory;
    }

    private bool Prepare()
    {
        _ready.ResetWrittenCount();
        _taken = 0;
        var chunk = Next();
        if (chunk.IsEmpty)
            return _state == State.FieldStart && Flush() > 0;
        if (chunk.Contains('\0'))
            throw new SlipwayException($"{Place("near ")}: it contains a NUL character. Save the file as UTF-8.");

        if (TryKeepAll(chunk))
            return true;
        while (!chunk.IsEmpty)
            chunk = chunk[Step(chunk)..];
        return true;
    }

    /// <summary>Text without quotes stays as it is; all there is to do is to count, which is many times as fast as taking it apart.</summary>
    private bool TryKeepAll(ReadOnlySpan<char> chunk)
    {
        if (_state is not (State.FieldStart or State.Plain) || _afterReturn || _blanks.WrittenCount > 0
            || chunk[^1] is ' ' or '\t' && chunk[^1] != Delimiter || chunk.IndexOfAny('"', '\r') >= 0)
            return false;
        var last = chunk.LastIndexOf('\n');
        // a line may be too long only if all of its text together is
        if (_fields + chunk.Count(Delimiter) > _form.MaxColumns)
            return false;
        _fields = (last < 0 ? _fields : 1) + chunk[(last + 1)..].Count(Delimiter);
        _record += chunk.Count('\n');
        _state = chunk[^1] == Delimiter || chunk[^1] == '\n' ? State.FieldStart : State.Plain;
        _ready.Write(chunk);
        return true;
    }

    private ReadOnlySpan<char> Next()
    {
        if (_first.IsEmpty)
            return _chunk.AsSpan(0, _inner.Read(_chunk, 0, _chunk.Length));

        var first = _first.Span;
        _first = default;
        return first;
    }

    /// <summary>Processes the beginning of what is left.</summary>
    /// <returns>How many characters that was.</returns>
    private int Step(ReadOnlySpan<char> rest) => _state switch
    {
        State.Quoted => Until(rest, rest.IndexOf('"'), State.Quote),
        State.Plain => Until(rest, rest.IndexOfAny(Delimiter, '\n', '\r')),
        State.Quote when rest[0] == '"' => Keep(rest[0], State.Quoted),
        _ => AtEdge(rest[0]),
    };

    private int Until(ReadOnlySpan<char> rest, int end, State? next = null)
    {
        _ready.Write(end < 0 ? rest : rest[..end]);
        if (end < 0)
            return rest.Length;
        return end + (next is { } state ? Keep(rest[end], state) : AtEdge(rest[end]));
    }

    /// <summary>A character at the beginning of a field, or after one.</summary>
    private int AtEdge(char character)
    {
        if (character is ' ' or '\t' && character != Delimiter)
        {
            _blanks.Write([character]);
            if (_state == State.Quote)
                _state = State.Closed;
            _afterReturn = false;
            return 1;
        }

        var closed = _state is State.Quote or State.Closed;
        var ends = character == Delimiter || character is '\n' or '\r';
        if (closed ? ends : _state == State.FieldStart && character == '"')
            _blanks.ResetWrittenCount();
        else
            Flush();

        if (ends)
            EndField(character);
        else
            _afterReturn = false;
        return Keep(character, ends ? State.FieldStart : closed ? State.Closed : character == '"' ? State.Quoted : State.Plain);
    }

    private void EndField(char character)
    {
        if (character == Delimiter)
        {
            _afterReturn = false;
            if (++_fields > _form.MaxColumns)
                throw new SlipwayException($"{Place()} has more than {_form.MaxColumns:N0} columns, which is the limit. Remove those that are not needed.");
            return;
        }

        _fields = 1;
        if (character == '\r' || !_afterReturn)
            _record++;
        _afterReturn = character == '\r';
    }

    private int Keep(char character, State next)
    {
        _ready.Write([character]);
        _state = next;
        return 1;
    }

    private int Flush()
    {
        var count = _blanks.WrittenCount;
        _ready.Write(_blanks.WrittenSpan);
        _blanks.ResetWrittenCount();
        return count;
    }

    private string Place(string near = "") =>
        _form.Header is null && _record == 0 ? _source : $"{_source}, {near}data row {_record + (_form.Header is null ? 0 : 1)}";
}
