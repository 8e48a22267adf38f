namespace Slipway.Faults.Rules;

/// <summary>The faults of a store, which may change while it is used. The same seed and the same sequence of requests lead to the same faults.</summary>
public sealed class FaultScript(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<ActiveFault> _active = [];
    private long _requests;

    public int Seed => seed;

    /// <summary>All requests, with and without a fault.</summary>
    public long Requests
    {
        get
        {
            lock (_gate)
                return _requests;
        }
    }

    /// <summary>A fault from now on, until it is removed. It counts what it does: a test in which nothing was injected proves nothing.</summary>
    public ActiveFault Add(FaultRule rule)
    {
        var fault = new ActiveFault(rule, this);
        lock (_gate)
            _active.Add(fault);
        return fault;
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        ActiveFault[] ended;
        lock (_gate)
        {
            ended = [.. _active];
            _active.Clear();
        }

        foreach (var fault in ended)
            fault.End();
    }

    /// <summary>The faults that a request meets, in the order in which they were added; at most one of them is more than a delay.</summary>
    public IReadOnlyList<ActiveFault> Meet(StoreOperations operation, string key)
    {
        lock (_gate)
        {
            _requests++;
            List<ActiveFault> met = [];
            foreach (var fault in _active)
                if ((IsDelay(fault) || met.TrueForAll(IsDelay)) && fault.Meets(operation, key, _random))
                    met.Add(fault);
            return met;
        }
    }

    private static bool IsDelay(ActiveFault fault) => fault.Rule.Kind is FaultKind.Delay or FaultKind.Hang;

    internal void Remove(ActiveFault fault)
    {
        lock (_gate)
            _active.Remove(fault);
        fault.End();
    }
}
