namespace Slipway.Registry.Models;

/// <summary>The batch sizes that a model has to handle before it is served: no server should be the first to try one.</summary>
public static class BatchSizes
{
    /// <summary>A server runs each of them before it serves a version: the first run of a shape is several times slower than the rest.</summary>
    public static IReadOnlyList<int> WarmUp { get; } = [1, 8, 64];

    /// <summary>How long a server waits for the result of one of them by default.</summary>
    public static TimeSpan MaxRunTime { get; } = TimeSpan.FromSeconds(5);
}
