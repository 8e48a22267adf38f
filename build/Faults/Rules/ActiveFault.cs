namespace Slipway.Faults.Rules;

/// <summary>A fault of a script, with what it has done so far. Dispose it to end it.</summary>
public sealed class ActiveFault : IDisposable
{
    private readonly FaultScript _script;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _matched;
    private int _injected;

    internal ActiveFault(FaultRule rule, FaultScript script) => (Rule, _script) = (rule, script);

    public FaultRule Rule { get; }

    /// <summary>Requests that the rule is about.</summary>
    public int Matched => Volatile.Read(ref _matched);

    /// <summary>Requests that met the fault.</summary>
    public int Injected => Volatile.Read(ref _injected);

    /// <summary>Completes when the fault has ended: what hangs goes on then.</summary>
    public Task Ended => _ended.Task;

    public void Dispose() => _script.Remove(this);

    internal void End() => _ended.TrySetResult();

    // called with the script's lock held
    internal bool Meets(StoreOperations operation, string key, Random random)
    {
        if ((Rule.Affected & operation) == 0 || !key.StartsWith(Rule.Prefix, StringComparison.Ordinal))
            return false;
        var number = ++_matched;
        if (number <= Rule.After || _injected >= Rule.Times || (Rule.Probability < 1 && random.NextDouble() >= Rule.Probability))
            return false;
        _injected++;
        return true;
    }
}
