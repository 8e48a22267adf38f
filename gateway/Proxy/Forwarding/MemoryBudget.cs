using Slipway.Gateway.Options;

namespace Slipway.Gateway.Forwarding;

/// <summary>The number of request body bytes that the gateway holds at once, over all requests.</summary>
public sealed class MemoryBudget(GatewayOptions options)
{
    private long _held;

    public long Held => Interlocked.Read(ref _held);

    public bool IsSpent => Held > options.MaxBufferedBytes - options.RetryBufferBytes;

    public BodyHold Open() => new(this);

    private bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= options.MaxBufferedBytes)
            return true;
        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    private void GiveBack(long bytes) => Interlocked.Add(ref _held, -bytes);

    /// <summary>The share of one request.</summary>
    public sealed class BodyHold(MemoryBudget budget) : IDisposable
    {
        private long _bytes;

        /// <summary>Whether the body needed more than was available.</summary>
        public bool WasRefused { get; private set; }

        /// <summary>Holds this many bytes in total from now on.</summary>
        public bool TryGrowTo(long bytes)
        {
            if (bytes <= _bytes)
                return true;
            if (!budget.TryTake(bytes - _bytes))
            {
                WasRefused = true;
                return false;
            }
            _bytes = bytes;
            return true;
        }

        public void Dispose()
        {
            budget.GiveBack(_bytes);
            _bytes = 0;
        }
    }
}
