namespace Slipway.Faults.Rules;

/// <summary>Which requests meet a fault. Without further members, every request that the kind applies to, from now on.</summary>
public sealed record FaultRule(FaultKind Kind)
{
    public StoreOperations Operations { get; init; } = StoreOperations.All;

    /// <summary>Keys that start with this, or prefixes of a listing that do.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The share of matching requests that meet the fault.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Matching requests that pass before the first fault.</summary>
    public int After { get; init; }

    /// <summary>The fault ends after this many; null for no limit.</summary>
    public int? Times { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>How much of the content arrives.</summary>
    public int Bytes { get; init; }

    public TimeSpan Skew { get; init; }

    /// <summary>The operations that this kind of fault can happen to.</summary>
    public StoreOperations Affected => Operations & Kind switch
    {
        FaultKind.ResetInBody or FaultKind.Truncate => StoreOperations.Get,
        FaultKind.StaleList => StoreOperations.List,
        FaultKind.LostAnswer => StoreOperations.Writes,
        FaultKind.NoSpace or FaultKind.IgnoredCondition => StoreOperations.Put | StoreOperations.Copy,
        FaultKind.WrongETag => StoreOperations.Get | StoreOperations.Head | StoreOperations.Put | StoreOperations.Copy,
        _ => StoreOperations.All,
    };
}
