namespace Slipway.Registry.Models;

/// <summary>The numbers of rows that a model has to answer before it is served: what no trainer tried, no server may be the first to try.</summary>
public static class BatchSizes
{
    /// <summary>A server runs each of them before a version answers: the first run of a shape is several times slower than the rest.</summary>
    public static IReadOnlyList<int> WarmUp { get; } = [1, 8, 64];

    /// <summary>How long a server waits for the answer to one of them, where nobody told it otherwise.</summary>
    public static TimeSpan LongestRun { get; } = TimeSpan.FromSeconds(5);
}
