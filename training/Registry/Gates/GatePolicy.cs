using Slipway.Registry.Models;

namespace Slipway.Registry.Gates;

/// <summary>Decides whether a candidate may be registered and published. Fails closed: what is missing or not a number has not passed.</summary>
public static class GatePolicy
{
    /// <summary>The bound of a slice that is too small to be gated.</summary>
    public const string ReportedOnly = "reported only";

    public static string SliceRule(string slice, string metric) => $"slice {slice} {metric}";

    /// <param name="candidate">Its <see cref="ModelMetrics.Champion"/> contains the champion's metrics on the candidate's holdout.</param>
    /// <param name="schema">The candidate's.</param>
    /// <param name="champion">The version that is served now; null for a first version, which has nothing to be compared with.</param>
    public static GateReport Evaluate(GateSpec gates, ModelMetrics candidate, ModelSchema schema, GateChampion? champion)
    {
        GateVerdict[] verdicts =
        [
            .. Metrics(gates, candidate),
            .. champion is null ? [] : ChampionComparison.Verdicts(gates, candidate, champion),
            .. gates.Slices is null ? [] : Slices(gates.Slices, candidate),
            .. gates.Data is null ? [] : DataChecks.Verdicts(gates.Data, candidate.Data, schema),
            .. champion is null ? [] : SchemaCompatibility.Verdicts(gates, schema, champion),
            .. Costs(gates, candidate),
        ];
        return new(verdicts.All(verdict => verdict.Passed), champion?.Version, verdicts);
    }

    private static IEnumerable<GateVerdict> Metrics(GateSpec gates, ModelMetrics candidate)
    {
        if (gates.Metrics.Count == 0)
            yield return new("metric", false, null, "at least one", "No metric has a gate, and a model without one cannot be trusted.");

        foreach (var (name, bounds) in gates.Metrics)
            yield return GateBounds.Verdict($"metric {name}", $"{name} on the holdout", candidate.Holdout.GetValueOrDefault(name)?.Value, bounds);
    }

    private static IEnumerable<GateVerdict> Slices(SliceGate gate, ModelMetrics candidate)
    {
        if (candidate.Slices.Count == 0)
            yield return new("slice", false, null, $"slices of {gate.RowsAtLeast} rows", "Slices have a gate, but none was measured.");

        foreach (var slice in candidate.Slices)
            foreach (var (name, bounds) in gate.Metrics)
                yield return slice.Rows < gate.RowsAtLeast
                    ? new(SliceRule(slice.Slice, name), true, GateBounds.Finite(slice.Metrics.GetValueOrDefault(name)?.Value), ReportedOnly,
                        $"{slice.Slice} has {slice.Rows} rows; slices with fewer than {gate.RowsAtLeast} are too small to be gated.")
                    : GateBounds.Verdict(SliceRule(slice.Slice, name), $"{name} of the {slice.Rows} rows with {slice.Slice}",
                        slice.Metrics.GetValueOrDefault(name)?.Value, bounds);
    }

    // zero means that the job did not measure these
    private static IEnumerable<GateVerdict> Costs(GateSpec gates, ModelMetrics candidate)
    {
        if (gates.LatencyMicrosecondsAtMost is { } microseconds)
            yield return GateBounds.Verdict("latency", "The time for one row in microseconds",
                candidate.LatencyMicroseconds > 0 ? candidate.LatencyMicroseconds : null, new(AtMost: microseconds));
        if (gates.OnnxBytesAtMost is { } bytes)
            yield return GateBounds.Verdict("size", "The size of model.onnx in bytes",
                candidate.OnnxBytes > 0 ? candidate.OnnxBytes : null, new(AtMost: bytes));
    }
}
