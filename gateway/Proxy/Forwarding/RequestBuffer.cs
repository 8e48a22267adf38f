using System.Buffers;

namespace Slipway.Gateway.Forwarding;

/// <summary>A request's body, read completely, so that it can be sent twice, and in one packet with its headers.</summary>
public sealed class RequestBuffer : IDisposable
{
    private readonly byte[] _rented;
    private int _sending;

    private RequestBuffer(byte[] rented, int length)
    {
        _rented = rented;
        Bytes = rented.AsMemory(0, length);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <param name="hold">Grows with what has arrived, so that a slow caller holds no more than it has sent.</param>
    /// <returns>
    /// Null if the body is longer than <paramref name="limit"/>; it can then still be read from the request. Also null if
    /// the budget refused it, as <paramref name="hold"/> shows.
    /// </returns>
    public static async ValueTask<RequestBuffer?> ReadAsync(HttpRequest request, int limit, MemoryBudget.BodyHold hold, CancellationToken cancellation)
    {
        // a longer body is streamed, and up to the limit of it is in transit at any moment
        if (request.ContentLength > limit)
        {
            hold.TryGrowTo(limit);
            return null;
        }
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var isTooLong = read.Buffer.Length > limit;
            if (!hold.TryGrowTo(isTooLong ? limit : read.Buffer.Length) || isTooLong)
            {
                // nothing was consumed, so the next reader of the body gets all of it
                reader.AdvanceTo(read.Buffer.Start);
                return null;
            }
            if (read.IsCompleted)
            {
                var length = (int)read.Buffer.Length;
                var rented = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
                read.Buffer.CopyTo(rented);
                reader.AdvanceTo(read.Buffer.End);
                return new(rented, length);
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void StartSending() => ObjectDisposedException.ThrowIf(Interlocked.Increment(ref _sending) <= 0, this);

    public void StopSending() => Interlocked.Decrement(ref _sending);

    /// <summary>
    /// A server may respond before it has read the request; the client then still sends from this buffer, and reusing it for another
    /// request would put that request's bytes on this one's connection. Such a buffer is left to the garbage collector, and a returned
    /// buffer can no longer be sent: whichever happens first wins, atomically.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref _sending, int.MinValue, 0) == 0)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
