namespace Slipway.Registry.Storage;

/// <summary>Waits for a file that another process has open exclusively, which normally takes milliseconds.</summary>
internal static class LockedFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Retries with a delay, because there is no notification when a file is released.</summary>
    /// <returns>False if it did not succeed within <paramref name="timeout"/>.</returns>
    public static bool TryUntil(Func<bool> attempt, TimeSpan timeout)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (!attempt())
        {
            if (time.GetElapsedTime(started) > timeout)
                return false;
            never.Wait(Pause);
        }

        return true;
    }
}
