using System.Buffers;

namespace Slipway.Registry.Storage.S3;

/// <summary>Reads content part by part into memory, so that each part can be sent again, whatever the stream supports.</summary>
internal sealed class PartReader(Stream content) : IDisposable
{
    private readonly long _start = content.CanSeek ? content.Position : 0;
    private byte[] _buffer = [];

    public bool MayRewind => content.CanSeek;

    public void Rewind() => content.Position = _start;

    /// <summary>The next bytes, valid until the next call; fewer than requested only at the end.</summary>
    public async Task<ArraySegment<byte>> NextAsync(int size, CancellationToken cancellation)
    {
        // one byte more than what is left, so that the end is detected
        var wanted = content.CanSeek ? (int)Math.Min(size, content.Length - content.Position + 1) : size;
        Grow(wanted);
        var filled = 0;
        int read;
        while (filled < wanted && (read = await ReadAsync(filled, wanted, cancellation)) > 0)
            filled += read;
        return new(_buffer, 0, filled);
    }

    public void Dispose() => Return();

    private async ValueTask<int> ReadAsync(int filled, int wanted, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAsync(_buffer.AsMemory(filled, wanted - filled), cancellation);
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            // an error of the caller's stream is not an error of the bucket
            throw new SlipwayException($"The content to store could not be read: {e.Message}", e);
        }
    }

    private void Grow(int size)
    {
        if (_buffer.Length >= size)
            return;
        Return();
        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    private void Return()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
