namespace Slipway.Registry.History;

/// <summary>Something in a model's history, or in what it vouches for, that has been modified.</summary>
/// <param name="Entry">The number of the entry that it concerns, or that reveals it; 0 if there is none.</param>
/// <param name="Message">One sentence.</param>
public sealed record HistoryProblem(HistoryProblemKind Kind, int Entry, string Message)
{
    /// <summary>An incomplete move is a crash, and signatures may follow later; everything else means that somebody modified what must never change.</summary>
    public bool IsTampering => Kind is not (HistoryProblemKind.Incomplete or HistoryProblemKind.NotSigned or HistoryProblemKind.HeadNotSigned);

    public override string ToString() => Message;
}

public enum HistoryProblemKind
{
    /// <summary>Its bytes do not match the hash in the next entry, or in a channel.</summary>
    Changed,

    /// <summary>A later entry or a channel shows that it existed.</summary>
    Missing,

    /// <summary>It is stored under the key of another number or model.</summary>
    Renumbered,

    /// <summary>A channel is not where the history says that it is, or cannot be read.</summary>
    Channel,

    /// <summary>A channel blocks what no entry blocked, or does not block what an entry did.</summary>
    Block,

    /// <summary>A version has no manifest, or not the one that was registered.</summary>
    Version,

    /// <summary>The archive of a version is not the one that was registered.</summary>
    Artifact,

    /// <summary>The signature of a version covers other bytes, or cannot be read; or no trusted key signed the version although one has to.</summary>
    Signature,

    /// <summary>No trusted key signed a version, which is not required.</summary>
    NotSigned,

    /// <summary>The last entries of a history are not signed: only the entries themselves and the channels vouch for each other.</summary>
    HeadNotSigned,

    /// <summary>A channel that it was to move has not followed: the process died in between.</summary>
    Incomplete,
}
