using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Automation;

/// <summary>The champion of a model: the version that its channels serve, and that a candidate has to match.</summary>
public sealed class Champions(IObjectStore store, TimeProvider time)
{
    private readonly ModelChannels _channels = new(store, time);

    /// <summary>Null while there is none. Where a move is under way, the version that it is to.</summary>
    public async Task<int?> FindAsync(string model, CancellationToken cancellation) => (await _channels.SeeAsync(model, cancellation)).Champion;
}
