namespace Slipway.Benchmarks.Machine;

/// <summary>The peak memory of the processes that this process starts while some work runs.</summary>
public static class PeakMemory
{
    // every process records its own peak, so only what it allocates in its last moment is missed
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <returns>Null if the operating system does not report it.</returns>
    public static async Task<(T Result, long? Bytes)> WhileAsync<T>(Func<Task<T>> work, TimeProvider time)
    {
        var before = ProcessTree.Of(Environment.ProcessId).ToHashSet();
        var most = 0L;
        var running = work();
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Pause, time));
            most = Math.Max(most, ProcessTree.PeakBytes(ProcessTree.Of(Environment.ProcessId).Where(id => !before.Contains(id))) ?? 0);
        }

        return (await running, most > 0 ? most : null);
    }
}
