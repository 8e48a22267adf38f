using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

/// <summary>A file that is copied piece by piece, with random pauses, while a watcher looks at random times.</summary>
public sealed class ArrivalTrialTests
{
    private const int Seed = 20261130;

    [Test]
    public void AFileThatIsBeingCopiedHasNotArrived() => Trials.Run(Seed, 500, random => Copy(random, longestPause: 1.9)).ShouldHold();

    [Test]
    public void AFileWhoseCopyPausesForTooLongHasArrivedTooEarly() => Trials.Run(Seed, 20, random => Copy(random, longestPause: 8)).ShouldFail();

    private static string? Copy(Random random, double longestPause)
    {
        var (pieces, length, written) = (random.Next(1, 30), 0L, TimeSpan.Zero);
        var due = TimeSpan.Zero;
        var known = default(Arrival);
        var file = new DatasetFile("pumps", "may.csv", 0, DateTimeOffset.UnixEpoch);
        for (var now = TimeSpan.Zero; now < TimeSpan.FromMinutes(5); now += TimeSpan.FromSeconds(0.1 + (random.NextDouble() * 0.5)))
        {
            for (; pieces > 0 && now >= due; due += TimeSpan.FromSeconds(random.NextDouble() * longestPause), pieces--)
                (length, written) = (length + random.Next(1, 1000), due);
            // some copies keep the time of the original
            file = file with { Length = length, Modified = random.Next(2) == 0 ? file.Modified : DateTimeOffset.UnixEpoch + written };
            known = ArrivalPolicy.Next(known, file, first: false, now);
            if (known.Phase == ArrivalPhase.Arrived)
                return pieces == 0 ? null : $"it has arrived after {now.TotalSeconds:0.0} s, and {pieces} pieces are missing";
        }

        return "it has not arrived within 5 minutes";
    }
}
