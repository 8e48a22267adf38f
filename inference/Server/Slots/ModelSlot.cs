using Slipway.Inference.Generations;

namespace Slipway.Inference.Slots;

/// <summary>One model on this server: the generation that answers, behind one reference, and what is known of it.</summary>
public sealed class ModelSlot(string model, TimeProvider time, Action changed)
{
    private ModelGeneration? _current;
    private SlotState _state = SlotState.Empty(model);
    private long _swaps;
    private long _rejections;
    private long _postponements;
    private long _freshAt = time.GetTimestamp();
    private volatile bool _settled;

    public string Model { get; } = model;
    public SlotState State => Volatile.Read(ref _state);
    public long Swaps => Interlocked.Read(ref _swaps);
    public long Rejections => Interlocked.Read(ref _rejections);
    public long Postponements => Interlocked.Read(ref _postponements);

    /// <summary>Since when what answers is not known to be what is wanted: the store is away, or the wanted version is not proven.</summary>
    public TimeSpan Staleness => time.GetElapsedTime(Interlocked.Read(ref _freshAt));

    /// <summary>The channel was just read and what answers is what it points to.</summary>
    public void Refresh() => Interlocked.Exchange(ref _freshAt, time.GetTimestamp());

    /// <summary>It answers, or it was found that it cannot. What comes later, such as a new version that is being tried, does not undo that.</summary>
    public bool IsSettled => _settled;

    /// <summary>What the store holds of it names no version that could be tried.</summary>
    public void Settle()
    {
        _settled = true;
        changed();
    }

    /// <summary>False while nothing is loaded.</summary>
    public bool TryLease(out ModelLease lease)
    {
        while (Volatile.Read(ref _current) is { } current)
        {
            // between the read and the lease a swap may have retired and drained it: then the slot already holds its successor
            if (current.TryLease())
            {
                lease = new(current);
                return true;
            }
        }

        lease = default;
        return false;
    }

    /// <summary>From here on <paramref name="next"/> answers. The one before drains by its leases.</summary>
    /// <param name="doubt">Why its signature does not prove it; null where it does, or was not looked at.</param>
    public void Exchange(ModelGeneration next, string? doubt = null)
    {
        var before = Interlocked.Exchange(ref _current, next);
        Interlocked.Increment(ref _swaps);

        // available is said after it is true
        var version = new ServedVersion(next.Profile.Manifest.Version, next.Profile.Manifest.Artifact.OnnxSha256, doubt);
        Update(SwapPolicy.Proven(State, version));
        before?.Retire();
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

    /// <summary>At the end of the server.</summary>
    public void Close() => Interlocked.Exchange(ref _current, null)?.Retire();
}
