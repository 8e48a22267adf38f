using System.Buffers.Binary;

namespace Slipway.Registry.Artifacts;

/// <summary>
/// Observes a gzip stream while it is decompressed. .NET does not notice if the last bytes, checksum and length, are missing once all content is there; here the length is compared.
/// </summary>
internal sealed class GzipEndStream(Stream inner) : Stream
{
    private const int LengthSize = 4;

    private readonly byte[] _last = new byte[LengthSize];

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <param name="unpacked">The number of decompressed bytes, whose lower 32 bits gzip stores at its end.</param>
    /// <exception cref="InvalidArtifactException">The stored number differs.</exception>
    public void Expect(long unpacked)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(_last) != (uint)unpacked)
            throw new InvalidArtifactException("The archive is damaged: it is truncated, or something follows its end.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        return Remember(buffer.Span[..count]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => Remember(buffer[..inner.Read(buffer)]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private int Remember(ReadOnlySpan<byte> read)
    {
        if (read.Length >= LengthSize)
        {
            read[^LengthSize..].CopyTo(_last);
        }
        else if (read.Length > 0)
        {
            _last.AsSpan(read.Length).CopyTo(_last);
            read.CopyTo(_last.AsSpan(LengthSize - read.Length));
        }

        return read.Length;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
