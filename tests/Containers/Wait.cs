namespace Slipway.Containers.Tests;

/// <summary>Waits for something that will be true soon, and fails with its name when it is not.</summary>
internal static class Wait
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    public static Task ForAsync(Func<bool> condition, Func<string> what, TimeSpan? timeout = null) =>
        ForAsync(() => Task.FromResult(condition()), what, timeout);

    /// <param name="what">Evaluated at the end, so that it can contain the last state.</param>
    public static async Task ForAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? timeout = null)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(started) > (timeout ?? Timeout))
                Assert.Fail($"Waited {timeout ?? Timeout} in vain until {what()}");
            await Task.Delay(Between, time);
        }
    }
}
