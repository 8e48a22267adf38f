namespace Slipway.Gateway.Rollouts;

/// <summary>How many lines may be logged: a burst, and then so many a second.</summary>
public sealed class LogAllowance(int perSecond, int burst, TimeProvider time)
{
    private readonly Lock _turn = new();
    private double _left = burst;
    private long _at = time.GetTimestamp();

    public bool TryTake()
    {
        lock (_turn)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(burst, _left + time.GetElapsedTime(_at, now).TotalSeconds * perSecond);
            _at = now;
            if (_left < 1)
                return false;
            _left--;
            return true;
        }
    }
}
