namespace Slipway.Registry.History;

/// <summary>Something in a model's history, or in what it vouches for, that is not as it was written.</summary>
/// <param name="Entry">The number of the entry that it is about, or that tells; 0 where there is none.</param>
/// <param name="Message">One sentence.</param>
public sealed record HistoryProblem(HistoryProblemKind Kind, int Entry, string Message)
{
    /// <summary>An unfinished move is a crash, and signatures may come later; everything else means that somebody changed what is never changed.</summary>
    public bool IsTampering => Kind is not (HistoryProblemKind.Incomplete or HistoryProblemKind.NotSigned or HistoryProblemKind.HeadNotSigned);

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

    /// <summary>A channel is not where the history says that it was, or can not be read.</summary>
    Channel,

    /// <summary>A channel blocks what no entry blocked, or does not block what an entry did.</summary>
    Block,

    /// <summary>A version has no manifest, or not the one that was registered.</summary>
    Version,

    /// <summary>The archive of a version is not the one that was registered.</summary>
    Artifact,

    /// <summary>The signature of a version is of other bytes, or can not be read; or no trusted key signed it, where one has to.</summary>
    Signature,

    /// <summary>No trusted key signed a version, where none has to.</summary>
    NotSigned,

    /// <summary>Nobody signed the last entries of a history: only each other, and the channels, vouch for them.</summary>
    HeadNotSigned,

    /// <summary>A channel that it was to move has not followed: the mover died in between.</summary>
    Incomplete,
}
