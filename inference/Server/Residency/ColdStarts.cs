using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Inference.Options;
using Slipway.Inference.Requests;
using Slipway.Inference.Slots;
using Slipway.Registry;

namespace Slipway.Inference.Residency;

/// <summary>Requests to a model that is not loaded wait for it, up to a limit in number and time.</summary>
public sealed class ColdStarts(InferenceOptions options, TimeProvider time)
{
    private int _waiting;
    private long _started;

    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Requests that had to wait.</summary>
    public long Started => Interlocked.Read(ref _started);

    /// <summary>The model stays loaded until the lease is returned. Null if this server loads every model at startup.</summary>
    /// <exception cref="RequestException">503: it could not be loaded in time.</exception>
    public ValueTask<ModelLease?> LoadedAsync(ModelSlot slot, HttpContext context) =>
        !options.LoadsLazily ? default
        : slot.TryLease(out var lease) ? new(lease)
        : new(WaitAsync(slot, context.RequestAborted));

    private async Task<ModelLease?> WaitAsync(ModelSlot slot, CancellationToken aborted)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.MaxQueue)
                throw Unavailable($"More than {options.MaxQueue} requests are waiting for models that are not loaded. Try again in a second.");
            Interlocked.Increment(ref _started);
            return await LoadAsync(slot, aborted);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<ModelLease?> LoadAsync(ModelSlot slot, CancellationToken aborted)
    {
        using var deadline = new Deadline(options.ColdStartTimeout, time, aborted);
        try
        {
            while (true)
            {
                var obstacle = await slot.Demand.RequestAsync().WaitAsync(deadline.Token);
                if (slot.TryLease(out var lease))
                    return lease;
                if (obstacle is not null)
                    throw Unavailable(obstacle);
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw Unavailable(string.Create(CultureInfo.InvariantCulture,
                $"'{slot.Model}' is being loaded, which takes longer than {options.ColdStartTimeout.TotalSeconds:0.###} s. Try again in a second."));
        }
    }

    private static RequestException Unavailable(string message) => new(StatusCodes.Status503ServiceUnavailable, message);
}
