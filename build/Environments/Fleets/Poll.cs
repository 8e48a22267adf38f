namespace Slipway.Build.Environments.Fleets;

/// <summary>Reads something again until it is as it should be.</summary>
internal static class Poll
{
    /// <returns>The last value, which may not meet the condition if <paramref name="timeout"/> has elapsed.</returns>
    public static async Task<T> UntilAsync<T>(
        Func<Task<T>> read, Func<T, bool> isSo, TimeSpan timeout, TimeSpan pause, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var last = await read();
            if (isSo(last) || time.GetElapsedTime(started) > timeout)
                return last;
            await Task.Delay(pause, time, cancellation);
        }
    }
}
