namespace Slipway.Gateway.Replicas;

/// <summary>How long a server stays out: twice as long each time, until it has been in for long enough. Not safe for concurrent use.</summary>
public sealed class EjectionTimes
{
    public const int MaxFactor = 32;

    // in multiples of its last ejection, a server that has been in for so long starts over
    private const int Forgiven = 10;

    private long? _last;
    private TimeSpan _time;

    public TimeSpan Next(TimeSpan shortest, TimeProvider time)
    {
        var now = time.GetTimestamp();
        _time = _last is { } last && time.GetElapsedTime(last, now) < (Forgiven + 1) * _time ? Min(2 * _time, MaxFactor * shortest) : shortest;
        _last = now;
        return _time;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
