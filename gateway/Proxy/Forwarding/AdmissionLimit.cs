using Slipway.Gateway.Options;

namespace Slipway.Gateway.Forwarding;

/// <summary>
/// Bounds how many requests are at servers at once: beyond it, waiting would only make all of them late. A request counts from when its body is here, so
/// that callers who send slowly keep nobody out.
/// </summary>
public sealed class AdmissionLimit(GatewayOptions options)
{
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public bool IsReached => InFlight >= options.MaxConcurrentRequests;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inFlight) <= options.MaxConcurrentRequests)
            return true;
        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
