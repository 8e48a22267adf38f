using System.Buffers;
using System.IO.Pipelines;

namespace Slipway.Inference;

/// <summary>
/// A whole request body as contiguous bytes: in place where it arrived in one piece, in a rented array otherwise.
/// Dispose it when the bytes are no longer needed.
/// </summary>
public struct RequestBody : IDisposable
{
    private readonly PipeReader? _reader;
    private readonly SequencePosition _end;
    private byte[]? _rented;

    private RequestBody(ReadOnlyMemory<byte> bytes, PipeReader? reader, SequencePosition end, byte[]? rented) =>
        (Bytes, _reader, _end, _rented) = (bytes, reader, end, rented);

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <exception cref="RequestException">413: it is larger than <paramref name="most"/>.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
            throw TooLarge(most);

        var reader = request.BodyReader;
        var read = await reader.ReadAsync();
        if (read.IsCompleted && read.Buffer.IsSingleSegment)
        {
            if (read.Buffer.Length > most)
                throw TooLarge(reader, read, most);
            return new(read.Buffer.First, reader, read.Buffer.End, null);
        }

        return await CollectAsync(reader, read, (int)Math.Min(request.ContentLength ?? 0, most), most);
    }

    public void Dispose()
    {
        _reader?.AdvanceTo(_end);
        if (_rented is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
        _rented = null;
    }

    private static async ValueTask<RequestBody> CollectAsync(PipeReader reader, ReadResult read, int expected, int most)
    {
        // grown as bytes arrive: a large Content-Length alone reserves nothing
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max((int)read.Buffer.Length, Math.Min(expected, 1 << 16)));
        var length = 0;
        try
        {
            while (true)
            {
                if (length + read.Buffer.Length > most)
                    throw TooLarge(reader, read, most);
                rented = Room(rented, length, (int)read.Buffer.Length);
                read.Buffer.CopyTo(rented.AsSpan(length));
                length += (int)read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return new(rented.AsMemory(0, length), null, default, rented);
                read = await reader.ReadAsync();
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw;
        }
    }

    private static byte[] Room(byte[] rented, int length, int more)
    {
        if (length + more <= rented.Length)
            return rented;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + more, (int)Math.Min(rented.Length * 2L, Array.MaxLength)));
        rented.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(rented);
        return larger;
    }

    // the web server reads on after the answer, for a few seconds, so that the client gets to see it: that needs a reader without an open read
    private static RequestException TooLarge(PipeReader reader, ReadResult read, int most)
    {
        reader.AdvanceTo(read.Buffer.End);
        return TooLarge(most);
    }

    private static RequestException TooLarge(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {most} bytes. Send fewer rows a request.");
}
