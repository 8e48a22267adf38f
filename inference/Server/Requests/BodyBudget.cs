namespace Slipway.Inference.Requests;

/// <summary>
/// The number of request body bytes that may be in memory at the same time, whoever sent them and however slowly they arrive. Small bodies do not count:
/// the number of connections limits them, and they continue to be served while large ones are rejected.
/// </summary>
public sealed class BodyBudget(long most)
{
    /// <summary>Bytes of each body that do not count.</summary>
    public const int Free = 64 * 1024;

    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Accounts for a growing body.</summary>
    /// <param name="before">Its size so far.</param>
    /// <param name="after">The size that it is about to have.</param>
    /// <exception cref="RequestException">503: there is no room for it at the moment.</exception>
    public void Grow(long before, long after)
    {
        var more = Counted(after) - Counted(before);
        if (more == 0 || Interlocked.Add(ref _taken, more) <= most)
            return;
        Interlocked.Add(ref _taken, -more);
        throw new RequestException(
            StatusCodes.Status503ServiceUnavailable, $"Requests in progress use all of the {most} bytes that are available for bodies. Try again in a second, or send smaller requests.");
    }

    public void Return(long size) => Interlocked.Add(ref _taken, -Counted(size));

    private static long Counted(long size) => Math.Max(0, size - Free);
}
