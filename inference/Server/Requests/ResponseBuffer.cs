using System.Buffers;

namespace Slipway.Inference.Requests;

/// <summary>A growing buffer that is reused for the next response: its length must be known before the first header is sent.</summary>
public sealed class ResponseBuffer(int capacity) : IBufferWriter<byte>
{
    // one huge response must not keep its memory forever
    private const int WorthKeeping = 1 << 20;

    private byte[] _bytes = new byte[capacity];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);
    public int Length => _length;

    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > WorthKeeping)
            _bytes = new byte[capacity];
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(_length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _length += bytes.Length;
    }

    private void Grow(int sizeHint)
    {
        var needed = _length + Math.Max(1, sizeHint);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
