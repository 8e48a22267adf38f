using System.Runtime.CompilerServices;
using Slipway.Gateway.Forwarding;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Derives health from probes. A response counts at once, either way: the server knows best whether it is ready. No response counts at
/// once for a server that never responded, and at the second time for one that did, because a probe can be late on a busy machine.
/// </summary>
public sealed class ReadinessHealthPolicy(IDestinationHealthUpdater health, UnresponsiveServerWatch silence) : IActiveHealthCheckPolicy
{
    public const string PolicyName = "Readiness";

    private readonly ConditionalWeakTable<DestinationState, StrongBox<int>> _silences = [];

    public string Name => PolicyName;

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults)
    {
        var states = new NewActiveDestinationHealth[probingResults.Count];
        for (var i = 0; i < states.Length; i++)
        {
            var (destination, response) = (probingResults[i].Destination, probingResults[i].Response);
            var silences = _silences.GetOrCreateValue(destination);
            silences.Value = response is null ? silences.Value + 1 : 0;
            states[i] = new(destination, Evaluate(destination.Health.Active, response?.IsSuccessStatusCode, silences.Value));
        }
        // first excluded from the choice, then cancelled: withdrawn requests must not choose it again
        health.SetActive(cluster, states);
        for (var i = 0; i < states.Length; i++)
            silence.Probed(states[i].Destination, isSilent: probingResults[i].Response is null && states[i].NewActiveHealth == DestinationHealth.Unhealthy);
    }

    /// <param name="ready">The server's response; null if there was none.</param>
    /// <param name="silences">Consecutive probes without a response, including this one.</param>
    public static DestinationHealth Evaluate(DestinationHealth before, bool? ready, int silences) => ready switch
    {
        true => DestinationHealth.Healthy,
        null when before == DestinationHealth.Healthy && silences < 2 => DestinationHealth.Healthy,
        _ => DestinationHealth.Unhealthy,
    };
}
