using System.Globalization;

namespace Slipway.Inference.Residency;

/// <summary>Whether a version fits into the memory that is left. Pure.</summary>
public static class MemoryPolicy
{
    /// <param name="reading">The memory of the container or machine; null if it is not checked.</param>
    /// <param name="reserve">Bytes that stay free for requests.</param>
    /// <param name="loading">Bytes that versions that are being loaded may still take.</param>
    public static MemoryVerdict Check(MemoryEstimate estimate, MemoryReading? reading, long reserve, long loading = 0) => reading switch
    {
        { } memory when estimate.Peak + reserve > memory.Limit => MemoryVerdict.Never(
            $"Loading it takes about {Size(estimate.Peak)} of memory, but this server has {Size(memory.Limit)} in total, of which {Size(reserve)} are reserved for requests."),
        { } memory when estimate.Peak + loading + reserve > memory.Available => MemoryVerdict.NotNow(
            $"Loading it takes about {Size(estimate.Peak)} of memory, but {Size(Math.Max(0, memory.Available - loading))} are available, of which {Size(reserve)} are reserved for requests.",
            estimate.Peak + loading + reserve - memory.Available),
        _ => MemoryVerdict.Fits,
    };

    /// <summary>The same for the memory that models may take together.</summary>
    /// <param name="most">Bytes; 0 for any number.</param>
    /// <param name="taken">Bytes of the versions that are loaded or being loaded.</param>
    public static MemoryVerdict CheckBudget(MemoryEstimate estimate, long most, long taken) =>
        most == 0 ? MemoryVerdict.Fits
        : estimate.Resident > most ? MemoryVerdict.Never($"It takes about {Size(estimate.Resident)} of memory, more than all models may take together, {Size(most)} (MaxModelMemory).")
        : estimate.Resident + taken > most ? MemoryVerdict.NotNow(
            $"It takes about {Size(estimate.Resident)} of memory, and models that are in use take {Size(taken)} of the {Size(most)} that all may take together (MaxModelMemory).",
            estimate.Resident + taken - most)
        : MemoryVerdict.Fits;

    public static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(bytes, 0) / (double)(1 << 20):0.#} MiB");
}

/// <param name="Fit">Whether it fits.</param>
/// <param name="Reason">Why not, as a sentence; empty if it fits.</param>
/// <param name="Excess">Bytes that others would have to free for it to fit.</param>
public readonly record struct MemoryVerdict(MemoryFit Fit, string Reason, long Excess)
{
    public static MemoryVerdict Fits => new(MemoryFit.Fits, "", 0);
    public static MemoryVerdict NotNow(string reason, long excess) => new(MemoryFit.NotNow, reason, excess);
    public static MemoryVerdict Never(string reason) => new(MemoryFit.Never, reason, 0);
}

public enum MemoryFit
{
    /// <summary>It can be loaded.</summary>
    Fits,

    /// <summary>It can be loaded when other models need less.</summary>
    NotNow,

    /// <summary>It cannot be loaded even if it is the only model.</summary>
    Never,
}
