using System.IO.Pipelines;

namespace Slipway.Inference.Requests;

/// <summary>
/// A complete request body as contiguous bytes: in place if it arrived in one piece, in a rented array otherwise.
/// Dispose it when the bytes are no longer needed.
/// </summary>
public struct RequestBody : IDisposable
{
    private readonly PipeReader? _reader;
    private readonly SequencePosition _end;
    private RentedBytes? _rented;

    private RequestBody(ReadOnlyMemory<byte> bytes, PipeReader? reader, SequencePosition end, RentedBytes? rented) =>
        (Bytes, _reader, _end, _rented) = (bytes, reader, end, rented);

    public ReadOnlyMemory<byte> Bytes { get; }

    public static RequestBody InPlace(in ReadResult read, PipeReader reader) => new(read.Buffer.First, reader, read.Buffer.End, null);

    public static RequestBody Of(RentedBytes rented) => new(rented.Written, null, default, rented);

    /// <summary>The number of bytes to skip at the start of a text: those of a byte order mark.</summary>
    public static int MarkLength(ReadOnlySpan<byte> text) => text is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;

    public void Dispose()
    {
        _reader?.AdvanceTo(_end);
        _rented?.Dispose();
        _rented = null;
    }
}
