using Slipway.Registry.Models;

namespace Slipway.Registry.Gates;

/// <summary>Compares a candidate with the champion, both measured on the same holdout rows.</summary>
internal static class ChampionComparison
{
    public static IEnumerable<GateVerdict> Verdicts(GateSpec gates, ModelMetrics candidate, GateChampion champion) =>
        (gates.Champion ?? new Dictionary<string, ChampionGate>())
            .Select(gate => Verdict(gate.Key, gate.Value, candidate, champion.Version));

    private static GateVerdict Verdict(string metric, ChampionGate gate, ModelMetrics candidate, int version)
    {
        var rule = $"champion {metric}";
        var mine = candidate.Holdout.GetValueOrDefault(metric);
        if (GateBounds.Finite(mine?.Value) is not { } value)
            return new(rule, false, null, $"like version {version}", $"{metric} on the holdout was not measured, or is not a finite number.");
        if (candidate.Champion is null)
            return new(rule, false, value, $"like version {version}", $"Version {version} was not measured on the same holdout, so {metric} cannot be compared.");
        if (GateBounds.Finite(candidate.Champion.GetValueOrDefault(metric)?.Value) is not { } theirs)
            return new(rule, false, value, $"like version {version}", $"{metric} of version {version} on the same holdout was not measured, or is not a finite number.");
        if (GateBounds.Finite(Tolerance(gate, mine!)) is not { } tolerance)
            return new(rule, false, value, $"like version {version}", $"The accepted loss of {metric} is not a finite number.");

        return Compare(rule, metric, value, theirs, tolerance, version);
    }

    private static GateVerdict Compare(string rule, string metric, double value, double theirs, double tolerance, int version)
    {
        var lower = MetricDirection.LowerIsBetter(metric);
        var limit = lower ? theirs + tolerance : theirs - tolerance;
        var loss = lower ? value - theirs : theirs - value;
        var passed = loss <= tolerance;
        var sight = loss == 0 ? $"equal to version {version}" : $"{GateNumber.Text(Math.Abs(loss))} {(loss > 0 ? "worse" : "better")} than version {version}";
        return new(rule, passed, value, $"{(lower ? "<=" : ">=")} {GateNumber.Text(limit)}",
            $"{metric} is {sight} ({GateNumber.Text(theirs)}); a loss of up to {GateNumber.Text(tolerance)} is accepted.");
    }

    // Half of the bootstrap interval: a difference within it may be due to chance. Without an interval, no difference is allowed.
    private static double Tolerance(ChampionGate gate, Metric mine) => gate switch
    {
        { LossAtMost: { } loss } => loss,
        _ when mine is { Low: { } low, High: { } high } => (high - low) / 2,
        _ => 0,
    };
}
