using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Storage;
using Slipway.Soak.Load;

namespace Slipway.Soak.Fleet;

/// <summary>
/// Moves the channel of a color between two of the model's versions, and never back to the one that it pointed to at first: servers keep that one loaded while the
/// others bake, so that it would be swapped in without being fetched and verified.
/// </summary>
public sealed class VersionMover(IObjectStore store, string model, Color color, TimeProvider time)
{
    private readonly ModelChannels _channels = new(store, time);
    private int? _first;

    /// <summary>The channel of the live color of a fleet.</summary>
    public VersionMover(SoakFleet fleet, TimeProvider time) : this(fleet.Environment.Store, fleet.Model, fleet.Live, time)
    {
    }

    /// <summary>Moves the channel to the other version.</summary>
    /// <returns>That version.</returns>
    public async Task<int> MoveAsync(CancellationToken cancellation)
    {
        var now = (await _channels.GetAsync(model, color, cancellation))?.Value.Version;
        _first ??= now;
        var version = Enumerable.Range(1, SoakFleet.Versions).First(other => other != now && other != _first);
        await _channels.MoveAsync(new(model, version, HistoryAction.Rollback, [color], "soak", $"Serve version {version}."), cancellation);
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

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
