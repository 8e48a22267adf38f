using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Automation;

/// <summary>The champion of a model: the version that its channels serve, and that candidates are compared with.</summary>
public sealed class Champions(IObjectStore store, TimeProvider time)
{
    private readonly ModelChannels _channels = new(store, time);

    /// <summary>Null if there is none. During a move, the version that the channels are moving to.</summary>
    public async Task<int?> FindAsync(string model, CancellationToken cancellation) => (await _channels.SnapshotAsync(model, cancellation)).Champion;
}
