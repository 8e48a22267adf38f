using System.Buffers;

namespace Slipway.Registry.Storage;

/// <summary>
/// A buffer for copying content, borrowed until it is disposed. One of this size would be a large object for the garbage collector, and a server writes heartbeats and logs
/// all the time.
/// </summary>
internal readonly struct CopyBuffer : IDisposable
{
    private const int Size = 128 * 1024;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);

    public CopyBuffer()
    {
    }

    public Memory<byte> Memory => _bytes;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}
