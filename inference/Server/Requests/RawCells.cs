using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Slipway.Inference.Requests;

/// <summary>
/// The raw values of a request, row by row, for the prediction log: numbers, and the position of everything else in an arena of JSON tokens. Only filled if the request
/// is going to be logged.
/// </summary>
public sealed class RawCells
{
    private const int CellsWorthKeeping = 1 << 16;
    private const int MaxPlainLength = 128;

    // what JSON has as it is, whoever writes it
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_.,:;/()[]#%*=@!?$");

    private readonly ResponseBuffer _arena = new(1024);
    private RawCell[] _cells = new RawCell[64];
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
            _cells = new RawCell[Math.Max(rows * columns, 64)];
        _cells.AsSpan(0, rows * columns).Clear();
    }

    public void Token(int row, int column, ReadOnlySpan<byte> token)
    {
        if (!Recording)
            return;
        _cells[row * _columns + column] = RawCell.Of(_arena.Length, token.Length);
        _arena.Write(token);
    }

    /// <summary>The bytes between the quotes of a JSON string, including escapes.</summary>
    public void Quoted(int row, int column, ReadOnlySpan<byte> content)
    {
        if (!Recording)
            return;
        _cells[row * _columns + column] = RawCell.Of(_arena.Length, content.Length + 2);
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

    public void Number(int row, int column, double number)
    {
        if (Recording)
            _cells[row * _columns + column] = RawCell.Of(number);
    }

    /// <summary>A copy that outlives the request.</summary>
    public void CopyTo(LoggedCells kept) => kept.Set(_arena.Written, _cells.AsSpan(0, Rows * _columns), _columns);
}

/// <summary>A value of a row; by default a missing one.</summary>
/// <param name="Length">That of its token; 0 if it is missing, and negative if it is a number.</param>
public readonly record struct RawCell(double Number, int Start, int Length)
{
    public bool IsMissing => Length == 0;
    public bool IsNumber => Length < 0;

    public static RawCell Of(double number) => new(number, 0, -1);

    public static RawCell Of(int start, int length) => new(0, start, length);
}

/// <summary>Cells by row.</summary>
public sealed class LoggedCells
{
    private byte[] _arena = [];
    private RawCell[] _cells = [];
    private int _arenaLength;
    private int _count;

    public int Columns { get; private set; }

    public long Bytes => _arenaLength + _count * (long)Unsafe.SizeOf<RawCell>();

    /// <summary>The memory that it keeps for the next request.</summary>
    public long KeptBytes => _arena.Length + _cells.Length * (long)Unsafe.SizeOf<RawCell>();

    public void Set(ReadOnlySpan<byte> arena, ReadOnlySpan<RawCell> cells, int columns)
    {
        if (_arena.Length < arena.Length)
            _arena = new byte[arena.Length];
        if (_cells.Length < cells.Length)
            _cells = new RawCell[cells.Length];
        arena.CopyTo(_arena);
        cells.CopyTo(_cells);
        (_arenaLength, _count, Columns) = (arena.Length, cells.Length, columns);
    }

    public RawCell Cell(int row, int column) => _cells[row * Columns + column];

    /// <summary>The JSON of a cell that is not a number.</summary>
    public ReadOnlySpan<byte> Token(in RawCell cell) => _arena.AsSpan(cell.Start, cell.Length);
}
