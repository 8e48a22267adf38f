namespace Slipway.Inference.Tests.Fixtures;

/// <summary>Waits for something that will be true soon, and fails with its name when it is not.</summary>
internal static class Wait
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    public static Task ForAsync(Func<bool> condition, string what) => ForAsync(() => Task.FromResult(condition()), what);

    public static async Task ForAsync(Func<Task<bool>> condition, string what)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(started) > Timeout)
                Assert.Fail($"Waited {Timeout} in vain until {what}.");
            await Task.Delay(Between, time);
        }
    }
}
