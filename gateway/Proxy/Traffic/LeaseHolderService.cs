using Slipway.Hosting.Polling;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>What only the gateway with the lease does. A look that fails is tried again with the next one, and each reason is logged once.</summary>
public abstract class LeaseHolderService(CurrentTraffic traffic, TrafficRecords records, TimeSpan interval, TimeProvider time) : PollingService(interval, time)
{
    // tests tick beside the loop
    private readonly SemaphoreSlim _turn = new(1);
    private string? _problem;

    public sealed override async Task TickAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (traffic.State is { } state && state.Lease.Holder == records.Holder)
                await HoldAsync(state, cancellation);
            else
                Follow();
            _problem = null;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            if (e.Message != _problem)
                Failed(e.Message);
            _problem = e.Message;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task HoldAsync(TrafficState state, CancellationToken cancellation);

    /// <summary>Another gateway has the lease.</summary>
    protected abstract void Follow();

    protected abstract void Failed(string problem);
}
