using Slipway.Inference.Generations;
using Slipway.Inference.Residency;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Slots;

/// <summary>One model on this server: the serving generation, behind one reference, and the state of the slot.</summary>
public sealed class ModelSlot(string model, TimeProvider time, Action changed)
{
    private ModelGeneration? _current;
    private SlotState _state = SlotState.Empty(model);
    private long _swaps;
    private long _rejections;
    private long _postponements;
    private long _freshAt = time.GetTimestamp();
    private readonly Lock _changing = new();
    private long _usedAt;
    private volatile bool _settled;

    public string Model { get; } = model;
    public SlotState State => Volatile.Read(ref _state);
    public long Swaps => Interlocked.Read(ref _swaps);
    public long Rejections => Interlocked.Read(ref _rejections);
    public long Postponements => Interlocked.Read(ref _postponements);

    /// <summary>How long the serving version has not been confirmed as the desired one: the store is unavailable, or the desired version is not verified.</summary>
    public TimeSpan Staleness => time.GetElapsedTime(Interlocked.Read(ref _freshAt));

    /// <summary>The channel was just read, and the serving version is the one that it points to.</summary>
    public void Refresh() => Interlocked.Exchange(ref _freshAt, time.GetTimestamp());

    /// <summary>It serves, or was found to be unable to. Later events, such as a new version that is being verified, do not undo that.</summary>
    public bool IsSettled => _settled;

    /// <summary>Its records in the store contain no version that could be loaded.</summary>
    public void Settle()
    {
        _settled = true;
        changed();
    }

    /// <summary>Requests that wait for this model, which is not loaded.</summary>
    public ModelDemand Demand { get; } = new();

    public bool IsResident => Volatile.Read(ref _current) is not null;

    /// <summary>It is loaded, and nobody uses it.</summary>
    public bool IsIdle => Volatile.Read(ref _current) is { IsIdle: true };

    /// <summary>What it takes in memory, estimated.</summary>
    public long ResidentBytes => Volatile.Read(ref _current)?.MemoryBytes ?? 0;

    /// <summary>When it was last used, as a timestamp of the clock; 0 if never.</summary>
    public long UsedAt => Volatile.Read(ref _usedAt);

    /// <summary>False while nothing is loaded.</summary>
    public bool TryLease(out ModelLease lease)
    {
        Volatile.Write(ref _usedAt, time.GetTimestamp());
        while (Volatile.Read(ref _current) is { } current)
        {
            // between the read and the lease, a swap may have retired and drained it: then the slot already has its successor
            if (current.TryLease())
            {
                lease = new(current);
                return true;
            }
        }

        lease = default;
        return false;
    }

    /// <summary>From now on, <paramref name="next"/> serves. The previous generation drains as its leases are returned.</summary>
    /// <param name="signatureWarning">Why its signature does not vouch for it; null if it does, or was not checked.</param>
    public void Exchange(ModelGeneration next, string? signatureWarning = null)
    {
        ModelGeneration? before;
        lock (_changing)
            before = Interlocked.Exchange(ref _current, next);
        var version = ServedVersion.Of(next.Profile.Manifest, signatureWarning);

        // the version that served until it was evicted is back: that is neither a swap nor news for heartbeats
        if (before is not null || State is not { Postponed: null } || State.Serving != version)
        {
            Interlocked.Increment(ref _swaps);

            // reports available only after it is true
            Update(SwapPolicy.Proven(State, version));
        }

        before?.Retire();
    }

    /// <summary>A version whose manifest was verified is served from now on, and loaded by the first request.</summary>
    public void Offer(ServedVersion version) => Update(SwapPolicy.Proven(State, version));

    /// <summary>Unloads the model if it is idle. The next request loads it again.</summary>
    public bool TryEvict()
    {
        ModelGeneration? idle;
        lock (_changing)
        {
            idle = _current;
            if (idle is null || !idle.TryRetireIdle())
                return false;
            Volatile.Write(ref _current, null); // first, because requests retry until the slot has nothing or something that they can lease
        }

        idle.DisposeIdle();
        return true;
    }

    public ServedModel ToServedModel()
    {
        var (state, resident) = (State, IsResident);
        var served = state.ToServedModel();
        return served with { State = served.State == ServedModelState.Serving && !resident ? ServedModelState.Available : served.State, Resident = resident };
    }

    public void Reject(SlotState state)
    {
        Interlocked.Increment(ref _rejections);
        Update(state);
    }

    public void Postpone(SlotState state)
    {
        Interlocked.Increment(ref _postponements);
        Update(state);
    }

    /// <summary>Only the slot's own controller writes.</summary>
    public void Update(SlotState state)
    {
        if (ReferenceEquals(state, _state))
            return;
        Volatile.Write(ref _state, state);
        _settled |= SwapPolicy.IsSettled(state);
        changed();
    }

    /// <summary>At server shutdown.</summary>
    public void Close()
    {
        lock (_changing)
            Interlocked.Exchange(ref _current, null)?.Retire();
    }
}
