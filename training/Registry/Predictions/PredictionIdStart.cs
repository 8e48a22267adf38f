using System.Globalization;

namespace Slipway.Registry.Predictions;

/// <summary>What all ids of a version on a server begin with, checked once: <c>&lt;model&gt;.&lt;version&gt;.&lt;replica&gt;.</c>, and the hour, which is formatted once an hour. Thread-safe.</summary>
public sealed class PredictionIdStart
{
    private readonly byte[] _start;
    private volatile StartOfHour? _last;

    internal PredictionIdStart(byte[] start) => _start = start;

    /// <returns>The number of bytes, which end with a dot.</returns>
    internal int Write(Span<byte> id, DateTimeOffset at)
    {
        var hour = at.UtcTicks / TimeSpan.TicksPerHour;
        if (_last is not { } last || last.Hour != hour)
            _last = last = new(hour, Format(at));
        last.Bytes.CopyTo(id);
        return last.Bytes.Length;
    }

    private byte[] Format(DateTimeOffset at)
    {
        Span<byte> hour = stackalloc byte[PredictionIds.HourFormat.Length];
        at.UtcDateTime.TryFormat(hour, out _, PredictionIds.HourFormat, CultureInfo.InvariantCulture);
        return [.. _start, .. hour, (byte)'.'];
    }

    private sealed record StartOfHour(long Hour, byte[] Bytes);
}
