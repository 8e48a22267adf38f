using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Slipway.Inference.Requests;

/// <summary>
/// The raw values of a request as JSON tokens, row by row, for the prediction log: one byte arena, and the position of each cell in it.
/// Only filled if the request is going to be logged.
/// </summary>
public sealed class RawCells
{
    private const int CellsWorthKeeping = 1 << 16;
    private const int MaxPlainLength = 128;

    // what JSON has as it is, whoever writes it
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_.,:;/()[]#%*=@!?$");

    private readonly ResponseBuffer _arena = new(1024);
    private (int Start, int Length)[] _cells = new (int, int)[64];
    private int _columns;

    public bool Recording { get; private set; }
    public int Rows { get; private set; }

    public void Start(bool recording, int rows, int columns)
    {
        Recording = recording;
        Rows = rows;
        _columns = columns;
        _arena.Clear();
        if (!recording)
            return;
        if (_cells.Length < rows * columns || _cells.Length > CellsWorthKeeping)
            _cells = new (int, int)[Math.Max(rows * columns, 64)];
        _cells.AsSpan(0, rows * columns).Clear();
    }

    public void Token(int row, int column, ReadOnlySpan<byte> token)
    {
        if (!Recording)
            return;
        _cells[row * _columns + column] = (_arena.Length, token.Length);
        _arena.Write(token);
    }

    /// <summary>The bytes between the quotes of a JSON string, including escapes.</summary>
    public void Quoted(int row, int column, ReadOnlySpan<byte> content)
    {
        if (!Recording)
            return;
        _cells[row * _columns + column] = (_arena.Length, content.Length + 2);
        _arena.Write("\""u8);
        _arena.Write(content);
        _arena.Write("\""u8);
    }

    public void Text(int row, int column, ReadOnlySpan<char> text)
    {
        if (!Recording)
            return;
        if (text.Length > MaxPlainLength || text.ContainsAnyExcept(Plain))
        {
            Quoted(row, column, JsonEncodedText.Encode(text).EncodedUtf8Bytes);
            return;
        }

        Span<byte> bytes = stackalloc byte[MaxPlainLength];
        Quoted(row, column, bytes[..Encoding.ASCII.GetBytes(text, bytes)]);
    }

    /// <summary>The shortest text that parses to the same number: what was sent, such as '+1' or '.5', may not be valid JSON.</summary>
    public void Number(int row, int column, float number)
    {
        if (!Recording)
            return;
        number.TryFormat(_arena.GetSpan(32), out var length, default, CultureInfo.InvariantCulture);
        _cells[row * _columns + column] = (_arena.Length, length);
        _arena.Advance(length);
    }

    /// <summary>A copy that outlives the request.</summary>
    public void CopyTo(LoggedCells kept) => kept.Set(_arena.Written, _cells.AsSpan(0, Rows * _columns), _columns);
}

/// <summary>Cells by row; a length of zero is a missing value.</summary>
public sealed class LoggedCells
{
    private byte[] _arena = [];
    private (int Start, int Length)[] _cells = [];
    private int _arenaLength;
    private int _count;

    public int Columns { get; private set; }

    public long Bytes => _arenaLength + _count * 8L;

    /// <summary>The memory that it keeps for the next request.</summary>
    public long KeptBytes => _arena.Length + _cells.Length * 8L;

    public void Set(ReadOnlySpan<byte> arena, ReadOnlySpan<(int Start, int Length)> cells, int columns)
    {
        if (_arena.Length < arena.Length)
            _arena = new byte[arena.Length];
        if (_cells.Length < cells.Length)
            _cells = new (int, int)[cells.Length];
        arena.CopyTo(_arena);
        cells.CopyTo(_cells);
        (_arenaLength, _count, Columns) = (arena.Length, cells.Length, columns);
    }

    public ReadOnlySpan<byte> Token(int row, int column)
    {
        var (start, length) = _cells[row * Columns + column];
        return _arena.AsSpan(start, length);
    }
}
