namespace Slipway.Faults;

/// <summary>Content that ends early, or breaks off.</summary>
/// <param name="resets">Whether the connection is reset at that point; otherwise it is the end.</param>
internal sealed class CutStream(Stream inner, int length, bool resets) : Stream
{
    private int _left = length;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, Math.Min(count, _left));
        return Took(read, count);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
        return Took(read, buffer.Length);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Took(int read, int asked)
    {
        // content that is shorter than the cut ends where it ends
        if (read == 0 && asked > 0 && _left == 0 && resets)
            throw new Slipway.Registry.SlipwayException("The connection to the store was reset in the middle of the content, injected.");
        _left -= read;
        return read;
    }
}
