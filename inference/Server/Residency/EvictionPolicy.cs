namespace Slipway.Inference.Residency;

/// <summary>A loaded model that could be evicted: nobody uses it at the moment.</summary>
/// <param name="UsedAt">When a request last used it, on any clock.</param>
/// <param name="Bytes">What it takes, estimated.</param>
public sealed record EvictionCandidate<T>(T Model, long UsedAt, long Bytes);

/// <summary>Which models make room for another: those that have not been used for longest. Pure.</summary>
public static class EvictionPolicy
{
    /// <param name="models">How many have to go at least.</param>
    /// <param name="bytes">How much they have to free at least.</param>
    /// <returns>Empty if all candidates together would not suffice: then none of them is evicted in vain.</returns>
    public static IReadOnlyList<EvictionCandidate<T>> Choose<T>(IEnumerable<EvictionCandidate<T>> candidates, int models, long bytes)
    {
        var victims = new List<EvictionCandidate<T>>();
        foreach (var candidate in candidates.OrderBy(candidate => candidate.UsedAt))
        {
            if (victims.Count >= models && bytes <= 0)
                break;
            victims.Add(candidate);
            bytes -= candidate.Bytes;
        }

        return victims.Count >= models && bytes <= 0 ? victims : [];
    }
}
