namespace Slipway.Soak.Clocks;

/// <summary>A machine whose wall clock is set, as by NTP or by a person: it jumps, and elapsed time goes on as before.</summary>
public sealed class JumpingTime : TimeProvider
{
    private long _offset;

    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime, period);
}
