using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>The champion of a model: the version that its channels serve, and that a candidate has to match.</summary>
public sealed class Champions(IObjectStore store, TimeProvider time)
{
    private readonly ModelChannels _channels = new(store, time);

    /// <summary>Null while no channel exists. Where the colors differ, the newer history entry decides.</summary>
    public async Task<int?> FindAsync(string model, CancellationToken cancellation)
    {
        ChannelPointer? champion = null;
        foreach (var color in Colors.All)
            if (await _channels.GetAsync(model, color, cancellation) is { } channel
                && (champion is null || channel.Value.HistoryEntry > champion.HistoryEntry))
                champion = channel.Value;
        return champion?.Version;
    }
}
