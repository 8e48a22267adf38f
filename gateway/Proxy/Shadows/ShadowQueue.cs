using System.Threading.Channels;

namespace Slipway.Gateway.Shadows;

/// <summary>Copies that wait for the candidate: a bounded number with a bounded number of bytes. What does not fit is dropped, and never waited for.</summary>
public sealed class ShadowQueue
{
    private const int MaxRequests = 256;
    public const long MaxBytes = 16 << 20;

    private readonly Channel<ShadowRequest> _waiting = Channel.CreateBounded<ShadowRequest>(new BoundedChannelOptions(MaxRequests) { FullMode = BoundedChannelFullMode.Wait });
    private long _bytes;

    /// <summary>Request and answer bytes that are waiting or being sent.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <returns>False if the queue is full.</returns>
    public bool TryAdd(ShadowRequest request)
    {
        if (Interlocked.Add(ref _bytes, request.Bytes) <= MaxBytes && _waiting.Writer.TryWrite(request))
            return true;
        Interlocked.Add(ref _bytes, -request.Bytes);
        return false;
    }

    public IAsyncEnumerable<ShadowRequest> ReadAllAsync(CancellationToken cancellation) => _waiting.Reader.ReadAllAsync(cancellation);

    /// <summary>A request that was read has been sent, or given up.</summary>
    public void Done(ShadowRequest request) => Interlocked.Add(ref _bytes, -request.Bytes);
}
