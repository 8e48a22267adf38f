using System.Diagnostics.Metrics;
using System.Text.Json;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Status;

/// <summary>The phase of traffic and the last verdict of a rollout as metrics, as the committed state has them.</summary>
public static class RolloutGauges
{
    private static readonly TrafficPhase[] Phases = [.. Enum.GetValues<TrafficPhase>().Where(phase => phase != TrafficPhase.Unknown)];

    public static void AddTo(Meter meter, CurrentTraffic traffic)
    {
        meter.CreateObservableGauge("slipway.gateway.phase", () => PhaseOf(traffic.State), description: "1 for the phase of traffic, 0 for all others");
        meter.CreateObservableGauge("slipway.gateway.rollout.share", () => Share(traffic.State?.Rollout), "%", "Share of requests that a rollout's candidate gets");
        meter.CreateObservableGauge(
            "slipway.gateway.rollout.ln_e", () => Evidence(traffic.State?.Rollout), description: "Logarithm of the e-value of a check, by what it speaks against");
    }

    private static IEnumerable<Measurement<int>> PhaseOf(TrafficState? state) =>
        Phases.Select(phase => new Measurement<int>(state?.Phase == phase ? 1 : 0, new KeyValuePair<string, object?>("phase", Word(phase))));

    private static IEnumerable<Measurement<int>> Share(RolloutState? rollout) =>
        rollout is null ? [] : [new(rollout.Share, Tags(rollout))];

    private static IEnumerable<Measurement<double>> Evidence(RolloutState? rollout)
    {
        foreach (var check in rollout?.Verdict?.Checks ?? [])
        {
            yield return Of(check.LnFail, "no-worse");
            yield return Of(check.LnPass, "worse");
            yield return Of(check.LnAbsolute, "bad");

            Measurement<double> Of(double lnE, string against) =>
                new(lnE, [.. Tags(rollout!), new("check", Word(check.Check)), new("against", against)]);
        }
    }

    private static KeyValuePair<string, object?>[] Tags(RolloutState rollout) =>
        [new("color", rollout.Candidate.Word()), new("model", rollout.Plan.Model ?? "")];

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
