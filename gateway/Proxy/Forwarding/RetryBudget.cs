namespace Slipway.Gateway.Forwarding;

/// <summary>
/// Limits retries: every request earns a fraction of a retry, and a burst is reserved for the moment when a server dies.
/// Without a limit, retries double the load on servers that fail because they are overloaded.
/// </summary>
public sealed class RetryBudget(int percent, int burst)
{
    // in hundredths of a retry, so that a request earns exactly `percent`
    private long _balance = burst * 100L;

    public void Earn()
    {
        // a race may exceed the burst by a few requests, which is harmless
        if (Volatile.Read(ref _balance) < burst * 100L)
            Interlocked.Add(ref _balance, percent);
    }

    public bool TrySpend()
    {
        if (Interlocked.Add(ref _balance, -100) >= 0)
            return true;
        Interlocked.Add(ref _balance, 100);
        return false;
    }
}
