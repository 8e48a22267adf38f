using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Soak.Load;

namespace Slipway.Soak.Fleet;

/// <summary>Moves the channel of the live color between the model's two versions.</summary>
public sealed class VersionMover(SoakFleet fleet, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly ModelChannels _channels = new(fleet.Environment.Store, time);

    /// <summary>Moves the channel to the other version.</summary>
    /// <returns>That version.</returns>
    public async Task<int> MoveAsync(CancellationToken cancellation)
    {
        var version = (await _channels.GetAsync(fleet.Model, fleet.Live, cancellation))?.Value.Version == 1 ? SoakFleet.Versions : 1;
        await _channels.MoveAsync(new(fleet.Model, version, HistoryAction.Rollback, [fleet.Live], "soak", $"Serve version {version}."), cancellation);
        return version;
    }

    /// <summary>Moves the channel several times.</summary>
    /// <returns>How many of the versions were served before the next move.</returns>
    public async Task<int> SwapAsync(int times, TimeSpan between, LoadFigures figures, CancellationToken cancellation)
    {
        var served = 0;
        for (var swap = 0; swap < times; swap++)
        {
            var version = await MoveAsync(cancellation);
            var before = figures.Of(Text(version));
            await Task.Delay(between, time, cancellation);
            if (figures.Of(Text(version)) > before)
                served++;
        }

        return served;
    }

    /// <summary>Moves the channel, and waits until both servers serve the version.</summary>
    /// <returns>How long that took; null if it took more than a minute.</returns>
    public async Task<TimeSpan?> FollowAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var version = await MoveAsync(cancellation);
        var behind = await fleet.Environment.Heartbeats.WaitUntilServingAsync(fleet.Servers, fleet.Model, version, Timeout, cancellation);
        return behind.Count == 0 ? time.GetElapsedTime(started) : null;
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
