namespace Slipway.Registry.Storage;

/// <summary>Waits for a file that another process has for itself, which takes milliseconds when all is well.</summary>
internal static class HeldFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Tries again and again, and sleeps in between: nobody tells when a file is let go.</summary>
    /// <returns>False when it did not succeed within <paramref name="patience"/>.</returns>
    public static bool TryUntil(Func<bool> attempt, TimeSpan patience)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (!attempt())
        {
            if (time.GetElapsedTime(started) > patience)
                return false;
            never.Wait(Pause);
        }

        return true;
    }
}
