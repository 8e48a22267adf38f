namespace Slipway.Inference.Generations;

/// <summary>Where a generation is in its life; README.md in this folder shows it as a whole.</summary>
public enum GenerationState
{
    /// <summary>It is being verified, and answers no requests.</summary>
    Proving,

    /// <summary>It answers, and is compared with the generation before it, which is kept warm to be put back.</summary>
    Baking,

    /// <summary>It answers. Nothing is kept that could take its place at once.</summary>
    Serving,

    /// <summary>It gets no more requests. It is disposed with its last lease; while its successor bakes, its slot holds one.</summary>
    Draining,
}

/// <summary>What happens to a generation.</summary>
public enum GenerationEvent
{
    /// <summary>Verification found that it must not be served, or nobody waits for it any more.</summary>
    Rejected,

    /// <summary>It was swapped in, and no other generation is kept.</summary>
    SwappedIn,

    /// <summary>It was swapped in, and the generation before it is kept until the bake has ended.</summary>
    SwappedInToBake,

    /// <summary>The bake time has passed, and nothing spoke against it.</summary>
    Baked,

    /// <summary>It did worse than the generation before it, which answers again.</summary>
    PutBack,

    /// <summary>Another generation was swapped in.</summary>
    Replaced,

    /// <summary>Its successor was put back, or the channel was moved back to it while it was kept warm: it answers again.</summary>
    Returned,

    /// <summary>It was idle, and its memory was needed. The next request loads its version again.</summary>
    Evicted,

    /// <summary>The server stops.</summary>
    Closed,
}
