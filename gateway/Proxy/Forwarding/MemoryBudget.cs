using Slipway.Gateway.Options;

namespace Slipway.Gateway.Forwarding;

/// <summary>
/// The number of request body bytes that the gateway holds at once, over all requests. A caller may hold one body, and more only up to
/// as much as it leaves free: one caller gets at most half of the budget, two get a third each, so none can use it up.
/// </summary>
public sealed class MemoryBudget(GatewayOptions options)
{
    // callers are hashed to a fixed number of shares, with a seed of this process: nothing grows with callers, and nobody can choose whose share to fill
    private const int Shares = 4096;

    private readonly long[] _shares = new long[Shares];
    private long _held;

    public long Held => Interlocked.Read(ref _held);

    public bool IsSpent => Held > options.MaxBufferedBytes - options.RetryBufferBytes;

    /// <param name="caller">See <see cref="Access.CallerAddress"/>.</param>
    public BodyHold Open(string caller) => new(this, (int)((uint)string.GetHashCode(caller, StringComparison.Ordinal) % Shares));

    private bool TryTake(int share, long bytes)
    {
        var ofCaller = Interlocked.Add(ref _shares[share], bytes);
        var free = options.MaxBufferedBytes - Interlocked.Add(ref _held, bytes);
        if (free >= 0 && ofCaller <= Math.Max(free, options.RetryBufferBytes))
            return true;
        Release(share, bytes);
        return false;
    }

    private void Release(int share, long bytes)
    {
        Interlocked.Add(ref _shares[share], -bytes);
        Interlocked.Add(ref _held, -bytes);
    }

    /// <summary>What one request holds.</summary>
    public sealed class BodyHold(MemoryBudget budget, int share) : IDisposable
    {
        private long _bytes;

        /// <summary>Whether the body needed more than was available to its caller.</summary>
        public bool WasRefused { get; private set; }

        /// <summary>Holds this many bytes in total from now on.</summary>
        public bool TryGrowTo(long bytes)
        {
            if (bytes <= _bytes)
                return true;
            if (!budget.TryTake(share, bytes - _bytes))
            {
                WasRefused = true;
                return false;
            }
            _bytes = bytes;
            return true;
        }

        public void Dispose()
        {
            budget.Release(share, _bytes);
            _bytes = 0;
        }
    }
}
