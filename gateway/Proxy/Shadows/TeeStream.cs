namespace Slipway.Gateway.Shadows;

/// <summary>Passes an answer on to its caller and keeps a copy of it, up to a limit.</summary>
public sealed class TeeStream(Stream caller, int limit) : Stream
{
    private readonly MemoryStream _copy = new();

    /// <summary>The complete answer; null if it was longer than the limit.</summary>
    public ReadOnlyMemory<byte>? Copy => IsTooLong ? null : _copy.GetBuffer().AsMemory(0, (int)_copy.Length);

    private bool IsTooLong { get; set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await caller.WriteAsync(buffer, cancellationToken);
        Keep(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        caller.Write(buffer, offset, count);
        Keep(buffer.AsSpan(offset, count));
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => caller.FlushAsync(cancellationToken);
    public override void Flush() => caller.Flush();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Keep(ReadOnlySpan<byte> written)
    {
        IsTooLong |= _copy.Length + written.Length > limit;
        if (IsTooLong)
            _copy.SetLength(0);
        else
            _copy.Write(written);
    }
}
