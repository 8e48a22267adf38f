using System.Buffers;

namespace Slipway.Inference.Requests;

/// <summary>A rented array that grows as bytes arrive, within the budget for all bodies: a large Content-Length alone reserves nothing.</summary>
public sealed class RentedBytes : IDisposable
{
    private const int First = 16 * 1024;

    private readonly BodyBudget _budget;
    private byte[] _bytes;
    private int _length;

    public RentedBytes(BodyBudget budget, int expected)
    {
        _budget = budget;
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Clamp(expected, First, BodyBudget.Free));
        _budget.Grow(0, _bytes.Length);
    }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);
    public int Length => _length;

    /// <summary>Reads what was written.</summary>
    public Stream Open() => new MemoryStream(_bytes, 0, _length, writable: false);

    /// <exception cref="RequestException">503: there is no room for more at the moment.</exception>
    public Memory<byte> Room(int least)
    {
        if (_length + least > _bytes.Length)
            Grow(_length + least);
        return _bytes.AsMemory(_length);
    }

    public void Advance(int count) => _length += count;

    public void Append(in ReadOnlySequence<byte> bytes)
    {
        bytes.CopyTo(Room((int)bytes.Length).Span);
        Advance((int)bytes.Length);
    }

    public void Dispose()
    {
        _budget.Return(_bytes.Length);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        try
        {
            _budget.Grow(_bytes.Length, larger.Length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw;
        }

        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
