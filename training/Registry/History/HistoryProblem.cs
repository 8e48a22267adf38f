namespace Slipway.Registry;

/// <summary>Something in a model's history that is not as it was written.</summary>
/// <param name="Entry">The number of the entry that it is about.</param>
/// <param name="Message">One sentence.</param>
public sealed record HistoryProblem(HistoryProblemKind Kind, int Entry, string Message)
{
    /// <summary>An unfinished move is a crash; everything else means that somebody changed what is never changed.</summary>
    public bool IsTampering => Kind != HistoryProblemKind.Incomplete;

    public override string ToString() => Message;
}

public enum HistoryProblemKind
{
    /// <summary>Its bytes are not those that the next entry, or a channel, remembers.</summary>
    Changed,

    /// <summary>A later entry or a channel shows that it was there.</summary>
    Missing,

    /// <summary>It stands under the key of another number or model.</summary>
    Renumbered,

    /// <summary>A channel that it was to move has not followed: the mover died in between.</summary>
    Incomplete,
}
