using Slipway.Gateway.Options;

namespace Slipway.Gateway.Forwarding;

/// <summary>How many bytes of request bodies the gateway holds at once, over all requests.</summary>
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

    /// <summary>What one request holds of it.</summary>
    public sealed class BodyHold(MemoryBudget budget) : IDisposable
    {
        private long _bytes;

        /// <summary>Whether the body asked for more than there was.</summary>
        public bool WasRefused { get; private set; }

        /// <summary>Holds so many bytes in all from now on.</summary>
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
