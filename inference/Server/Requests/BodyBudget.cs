namespace Slipway.Inference.Requests;

/// <summary>
/// How many bytes of request bodies may lie in memory at the same time, whoever sent them and however slowly they arrive. Small bodies do not count:
/// the number of connections bounds them, and they go on being answered while large ones are turned away.
/// </summary>
public sealed class BodyBudget(long most)
{
    /// <summary>Bytes of each body that do not count.</summary>
    public const int Free = 64 * 1024;

    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Accounts for a body that grows.</summary>
    /// <param name="before">Its size up to now.</param>
    /// <param name="after">What it is about to take.</param>
    /// <exception cref="RequestException">503: there is no room for that now.</exception>
    public void Grow(long before, long after)
    {
        var more = Counted(after) - Counted(before);
        if (more == 0 || Interlocked.Add(ref _taken, more) <= most)
            return;
        Interlocked.Add(ref _taken, -more);
        throw new RequestException(
            StatusCodes.Status503ServiceUnavailable, $"The requests under way take all of the {most} bytes that bodies may take here. Try again in a second, or send smaller ones.");
    }

    public void Return(long size) => Interlocked.Add(ref _taken, -Counted(size));

    private static long Counted(long size) => Math.Max(0, size - Free);
}
