namespace Slipway.Gateway.Forwarding;

/// <summary>
/// How much may be sent twice: every request earns a fraction of a second try, and a burst is kept for the moment a server dies.
/// Without a bound, second tries double the load on servers that fail because they are overloaded.
/// </summary>
public sealed class RetryBudget(int percent, int burst)
{
    // in hundredths of a second try, so that a request earns exactly `percent`
    private long _balance = burst * 100L;

    public void Earn()
    {
        // a race may overshoot the burst by a few requests, which harms nobody
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
