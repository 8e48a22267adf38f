namespace Slipway.Registry.Monitoring.Quality;

/// <summary>When an hour of the log is joined again.</summary>
public static class JoinPolicy
{
    // however late labels trickle in, an hour is read about thirty times within a month
    private const double ShareOfAge = 0.25;

    private static readonly TimeSpan MinInterval = TimeSpan.FromMinutes(1);

    /// <param name="objects">See <see cref="JoinedHour.Objects"/>.</param>
    /// <param name="known">The last join; null if there was none.</param>
    /// <param name="atOnce">As soon as there is more of it.</param>
    public static bool IsDue(DateTimeOffset hour, string objects, JoinedHours? known, DateTimeOffset now, bool atOnce)
    {
        if (known is null || known.Objects == objects)
            return known is null;
        var age = known.JoinedAt - hour;
        // a clock that was ahead must not keep an hour from being joined
        return atOnce || known.JoinedAt > now || now - known.JoinedAt >= (age * ShareOfAge > MinInterval ? age * ShareOfAge : MinInterval);
    }
}

/// <summary>What has been joined of one day: <c>monitoring/_joined/&lt;day&gt;.json</c>.</summary>
/// <param name="Hours">By hour.</param>
public sealed record JoinedDay(IReadOnlyDictionary<int, JoinedHours> Hours);

/// <param name="Models">Of which there were predictions or labels.</param>
public sealed record JoinedHours(string Objects, DateTimeOffset JoinedAt, IReadOnlyList<string> Models);
