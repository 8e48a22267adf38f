namespace Slipway.Inference.Residency;

/// <summary>The memory of the container that this server runs in, or of the machine.</summary>
/// <param name="Limit">Bytes that it has in total.</param>
/// <param name="Available">Bytes that can be used before it runs out.</param>
public readonly record struct MemoryReading(long Limit, long Available)
{
    /// <summary>Whichever runs out first.</summary>
    public MemoryReading Or(MemoryReading other) => new(Math.Min(Limit, other.Limit), Math.Min(Available, other.Available));
}
