using Slipway.Inference.Bakes;
using Slipway.Inference.Generations;
using Slipway.Inference.Residency;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Slots;

/// <summary>
/// One model on this server: the serving generation, behind one reference, and the state of the slot. While the serving generation bakes, the slot also
/// keeps the one before it, warm and leased, to be put back.
/// </summary>
public sealed class ModelSlot(string model, TimeProvider time, Action changed)
{
    // the slot's controller swaps, and any request may put a generation back; no request takes it otherwise
    private readonly Lock _turn = new();
    private readonly long _start = time.GetTimestamp();

    private ModelGeneration? _current;
    private ModelGeneration? _before;
    private TimeSpan _bakedAt;
    private SlotState _state = SlotState.Empty(model);
    private long _swaps;
    private long _rejections;
    private long _postponements;
    private long _putBacks;
    private long _freshAt = time.GetTimestamp();
    private long _usedAt;
    private volatile bool _settled;

    public string Model { get; } = model;

    /// <summary>By the clock of the times in <see cref="State"/>.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    public SlotState State => Volatile.Read(ref _state);
    public long Swaps => Interlocked.Read(ref _swaps);
    public long Rejections => Interlocked.Read(ref _rejections);
    public long Postponements => Interlocked.Read(ref _postponements);
    public long PutBacks => Interlocked.Read(ref _putBacks);

    /// <summary>Called for a version that was put back, on the thread of the request that decided it.</summary>
    public Action<PutBackVersion> WasPutBack { get; set; } = _ => { };

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

    /// <summary>What evaluates the serving generation, as heartbeats name it; null if nothing is loaded.</summary>
    public string? Evaluator => Volatile.Read(ref _current) is { } current ? current.Compiled is null ? ServedModel.ByOnnxRuntime : ServedModel.ByCompiledModel : null;

    /// <summary>It is loaded, does not bake, and nobody uses it.</summary>
    public bool IsIdle => Volatile.Read(ref _before) is null && Volatile.Read(ref _current) is { IsIdle: true };

    /// <summary>What it takes in memory, estimated, with the generation that is kept while this one bakes.</summary>
    public long ResidentBytes => (Volatile.Read(ref _current)?.MemoryBytes ?? 0) + (Volatile.Read(ref _before)?.MemoryBytes ?? 0);

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

    /// <summary>From now on, <paramref name="next"/> serves. The previous generation drains as its leases are returned, or is kept while the next one bakes.</summary>
    /// <param name="signatureWarning">Why its signature does not vouch for it; null if it does, or was not checked.</param>
    /// <param name="bake">Null to keep no generation.</param>
    public void Exchange(ModelGeneration next, string? signatureWarning = null, BakeSettings? bake = null)
    {
        lock (_turn)
        {
            var before = _current;
            // one that has not finished its own bake vouches for nothing: the one before it stays
            var last = before?.State == GenerationState.Baking ? _before : before;
            var kept = bake is { Time.Ticks: > 0 } && last is not null && SwapPolicy.MayReturn(State, last.Profile.Manifest, next.Profile.Manifest) ? last : null;
            if (bake is not null)
                next.Begin(Traffic(next, before, kept, bake));
            next.Become(kept is null ? GenerationEvent.SwappedIn : GenerationEvent.SwappedInToBake);
            _bakedAt = Now + (bake?.Time ?? TimeSpan.Zero);
            Interlocked.Exchange(ref _current, next);

            // reports available only after it is true
            var version = ServedVersion.Of(next.Profile.Manifest, signatureWarning);
            var warm = kept is null ? null : ReferenceEquals(kept, before) ? State.Serving : State.Warm;
            // the version that served until it was evicted is back: that is neither a swap nor news for heartbeats
            var isBack = before is null && State is { Postponed: null } && State.Serving == version;
            if (!isBack)
                Interlocked.Increment(ref _swaps);
            if (!isBack || State.Generation != next.State)
                Set(SwapPolicy.Proven(State, version) with { Generation = next.State, Warm = warm });
            before?.Become(GenerationEvent.Replaced);
            before?.EndBake();
            if (!ReferenceEquals(before, kept))
                before?.Retire();
            if (!ReferenceEquals(_before, kept))
                _before?.Retire();
            _before = kept;
        }
    }

    /// <summary>Swaps the generation that is kept warm back in, if it is the wanted version: it was verified when it was loaded, and served.</summary>
    /// <param name="signatureWarning">Why its signature does not vouch for it; null if it does, or was not checked.</param>
    public bool TryReturn(ModelManifest wanted, string? signatureWarning)
    {
        lock (_turn)
        {
            if (_before is not { } before || before.Profile.Manifest.Version != wanted.Version || before.Profile.Manifest.Artifact.Sha256 != wanted.Artifact.Sha256)
                return false;
            before.Become(GenerationEvent.Returned);
            var replaced = Interlocked.Exchange(ref _current, before)!;
            _before = null;
            replaced.Become(GenerationEvent.Replaced);
            replaced.EndBake();
            replaced.Retire();
            Interlocked.Increment(ref _swaps);
            Set(SwapPolicy.Proven(State, ServedVersion.Of(wanted, signatureWarning)) with { Generation = before.State, Warm = null });
            return true;
        }
    }

    /// <summary>A version whose manifest was verified is served from now on, and loaded by the first request.</summary>
    public void Offer(ServedVersion version) => Update(state => SwapPolicy.Proven(state, version));

    /// <summary>Unloads the model if it is idle and does not bake. The next request loads it again.</summary>
    public bool TryEvict()
    {
        ModelGeneration? idle;
        lock (_turn)
        {
            idle = _current;
            if (idle is null || _before is not null || !idle.TryRetireIdle())
                return false;
            Volatile.Write(ref _current, null); // first, because requests retry until the slot has nothing or something that they can lease
            idle.Become(GenerationEvent.Evicted);
        }

        idle.DisposeIdle();
        return true;
    }

    public ServedModel ToServedModel()
    {
        var (state, resident) = (State, IsResident);
        var served = state.ToServedModel();
        return served with
        {
            State = served.State == ServedModelState.Serving && !resident ? ServedModelState.Available : served.State,
            Resident = resident,
            Generation = resident ? served.Generation : null,
            Evaluator = Evaluator,
        };
    }

    /// <summary>Puts the generation before back, and quarantines the one that bakes.</summary>
    /// <param name="bad">The generation that this was decided about.</param>
    /// <remarks>Does nothing if it does not bake any more: it was replaced, put back, or is done.</remarks>
    public void PutBack(ModelGeneration bad, string reason, BackOff retry)
    {
        lock (_turn)
        {
            if (_before is not { } before || !ReferenceEquals(_current, bad) || bad.State != GenerationState.Baking
                || State.Blocked?.Contains(before.Profile.Manifest.Artifact.OnnxSha256) == true)
                return;
            before.Become(GenerationEvent.Returned);
            Interlocked.Exchange(ref _current, before);
            _before = null;
            bad.Become(GenerationEvent.PutBack);
            bad.EndBake();
            if (bad.Traffic is { } traffic)
                traffic.WasPutBack = true; // after the exchange: a request that sees it finds the generation before
            bad.Retire();
            Interlocked.Increment(ref _putBacks);
            Set(SwapPolicy.PutBack(State, bad.Profile.Manifest, State.Warm!, reason, Now, time.GetUtcNow(), retry));
        }

        WasPutBack(State.LastPutBack!.Record);
    }

    /// <summary>Ends the bake if its time has passed.</summary>
    public void EndBake()
    {
        lock (_turn)
        {
            if (_before is not { } before || Now < _bakedAt)
                return;
            _current!.Become(GenerationEvent.Baked);
            _current.EndBake();
            _before = null;
            before.Retire();
            Set(State with { Generation = GenerationState.Serving, Warm = null });
        }
    }

    public void Reject(Func<SlotState, SlotState> change)
    {
        Interlocked.Increment(ref _rejections);
        Update(change);
    }

    public void Postpone(Func<SlotState, SlotState> change)
    {
        Interlocked.Increment(ref _postponements);
        Update(change);
    }

    public void Update(Func<SlotState, SlotState> change)
    {
        lock (_turn)
            Set(change(State));
    }

    /// <summary>At server shutdown.</summary>
    public void Close()
    {
        lock (_turn)
        {
            foreach (var held in new[] { Interlocked.Exchange(ref _current, null), _before }.OfType<ModelGeneration>())
            {
                held.Become(GenerationEvent.Closed);
                held.Retire();
            }

            _before = null;
        }
    }

    private LiveTraffic Traffic(ModelGeneration next, ModelGeneration? before, ModelGeneration? kept, BakeSettings settings)
    {
        var traffic = new LiveTraffic(next.Profile, settings, before?.Traffic);
        if (kept is not null)
            traffic.Bake = new(
                next, kept, traffic, kept.Traffic?.Baseline(settings.Bounds) ?? BakeBaseline.None(settings.Bounds), settings,
                reason => PutBack(next, reason, settings.Retry), time);
        return traffic;
    }

    private void Set(SlotState state)
    {
        if (ReferenceEquals(state, _state))
            return;
        Volatile.Write(ref _state, state);
        _settled |= SwapPolicy.IsSettled(state);
        changed();
    }
}
