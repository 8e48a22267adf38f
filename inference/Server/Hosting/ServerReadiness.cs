using System.Globalization;
using Slipway.Hosting.Draining;
using Slipway.Inference.Options;
using Slipway.Inference.Requests;
using Slipway.Inference.Slots;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Hosting;

/// <summary>
/// Whether this server can accept requests: its models are settled, and its queue advances. A full queue that advances is only load, which callers see as a
/// 503 with Retry-After; a queue that does not advance for longer than any run may take means that the server cannot serve.
/// </summary>
public sealed class ServerReadiness(ModelCatalog catalog, AdmissionGate gate, DrainState drain, InferenceOptions options)
{
    // a run is stopped after one ComputeTimeout, so two without a change mean that stopping it failed
    private const int TimeoutsToStall = 2;

    public bool Ready => Obstacles().Count == 0;

    /// <summary>The reasons why the server is not ready, one sentence each; empty if it is ready.</summary>
    public IReadOnlyList<string> Obstacles()
    {
        if (drain.IsDraining)
            return ["The server is draining before it stops."];
        var stalled = gate.Stalled;
        return stalled <= options.ComputeTimeout * TimeoutsToStall
            ? catalog.Obstacles()
            : [.. catalog.Obstacles(), string.Create(CultureInfo.InvariantCulture, $"No request came through for {stalled.TotalSeconds:0} s, and {gate.Waiting} are waiting: the model runs in all {gate.Concurrency} places do not end.")];
    }

    /// <summary>Models that do not serve the desired version, although the server as a whole is ready.</summary>
    public IReadOnlyList<string> Gaps() => [.. catalog.Slots.Select(slot => slot.State).Where(state => state.Phase is ServedModelState.Failed or ServedModelState.Quarantined || state.Postponed is { IsShortage: true }).Select(ModelCatalog.Describe)];
}
