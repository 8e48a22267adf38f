using System.Globalization;
using Slipway.Hosting.Draining;
using Slipway.Inference.Options;
using Slipway.Inference.Requests;
using Slipway.Inference.Slots;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Hosting;

/// <summary>
/// Whether this server should be sent requests: its models are settled, and its gate moves. A gate that is full and moves is load, which a 503 with
/// Retry-After tells the caller; only one that does not move, for longer than any run may take, is a server that cannot answer.
/// </summary>
public sealed class ServerReadiness(ModelCatalog catalog, AdmissionGate gate, DrainState drain, InferenceOptions options)
{
    // a run is ended after one ComputeTimeout, so that two without a change mean that ending it failed
    private const int TimeoutsToStall = 2;

    public bool Ready => Obstacles().Count == 0;

    /// <summary>Why the server is not ready, one sentence each; empty when it is.</summary>
    public IReadOnlyList<string> Obstacles()
    {
        if (drain.IsDraining)
            return ["The server is draining before it stops."];
        var stalled = gate.Stalled;
        return stalled <= options.ComputeTimeout * TimeoutsToStall
            ? catalog.Obstacles()
            : [.. catalog.Obstacles(), string.Create(CultureInfo.InvariantCulture, $"No request came through for {stalled.TotalSeconds:0} s, and {gate.Waiting} are waiting: the model runs that hold all {gate.Concurrency} places do not end.")];
    }

    /// <summary>Models that do not answer as they should, though the server as a whole is ready.</summary>
    public IReadOnlyList<string> Gaps() => [.. catalog.Slots.Select(slot => slot.State).Where(state => state.Phase is ServedModelState.Failed or ServedModelState.Quarantined).Select(ModelCatalog.Describe)];
}
