namespace Slipway.Faults.Rules;

/// <summary>What goes wrong with a request. Only <see cref="Delay"/> and <see cref="Hang"/> occur together with another kind.</summary>
public enum FaultKind
{
    /// <summary>The request is handled after <see cref="FaultRule.Delay"/>.</summary>
    Delay,

    /// <summary>No response until the fault is removed or the caller gives up.</summary>
    Hang,

    /// <summary>500 InternalError; nothing was done.</summary>
    InternalError,

    /// <summary>503 SlowDown; nothing was done.</summary>
    SlowDown,

    /// <summary>The content breaks off after <see cref="FaultRule.Bytes"/> with a reset connection.</summary>
    ResetInBody,

    /// <summary>The content ends after <see cref="FaultRule.Bytes"/>, as if that were all of it.</summary>
    Truncate,

    /// <summary>A listing is the one before: what was written since is missing from it, and what was deleted is still in it.</summary>
    StaleList,

    /// <summary>The response contains an ETag that the store never gave to this object.</summary>
    WrongETag,

    /// <summary>A write is made, and the caller gets a failure for a response.</summary>
    LostAnswer,

    /// <summary>The store's clock is off by <see cref="FaultRule.Skew"/>.</summary>
    SkewedDate,

    /// <summary>A write is made although its condition is false: a store on which no compare-and-swap can be built.</summary>
    IgnoredCondition,

    /// <summary>A write fails because the disk is full; nothing was written.</summary>
    NoSpace,
}
