namespace Slipway.Registry.Models;

/// <summary>Finds gates that no model could pass, that every model would pass, or that refer to something that is never measured.</summary>
internal static class SpecGates
{
    public static IEnumerable<string> Problems(ModelSpec spec)
    {
        var gates = spec.Gates;
        if (gates.Metrics.Count == 0)
            yield return "'gates.metrics' is empty: a model without a gate cannot be trusted.";

        var known = MetricNames.For(spec);
        foreach (var metric in gates.Metrics.Keys.Concat(gates.Slices?.Metrics.Keys ?? []).Concat(gates.Champion?.Keys ?? []).Distinct())
            if (!known.Contains(metric))
                yield return metric == MetricNames.Value
                    ? "There is a gate on 'value', but 'value' does not say what a prediction is worth: add it to the model, next to 'gates'."
                    : $"There is no metric '{metric}'.{Suggestion.DidYouMean(metric, known)} Metrics of this task: {string.Join(", ", known)}.";

        foreach (var (metric, bounds) in gates.Metrics.Concat(gates.Slices?.Metrics ?? new Dictionary<string, Bounds>()))
            if (Problem($"'{metric}'", bounds, MetricNames.RangeOf(metric)) is { } problem)
                yield return problem;
        foreach (var (metric, gate) in gates.Champion ?? new Dictionary<string, ChampionGate>())
            if (gate.LossAtMost is { } loss && !(loss >= 0 && double.IsFinite(loss)))
                yield return $"The accepted loss of '{metric}' against the champion must be 0 or more, or every candidate would fail.";
        if (gates.UnknownCategoriesAtMost is not (null or (>= 0 and <= 1)))
            yield return "'gates.unknownCategoriesAtMost' must be between 0 and 1.";
        foreach (var problem in Data(spec.Task, gates.Data ?? new()).Concat(Costs(gates)))
            yield return problem;
    }

    private static IEnumerable<string> Data(ModelTask task, DataGate gate)
    {
        if (gate.RowsAtLeast < 0 || gate.MissingAtMost is not (null or (>= 0 and <= 1)))
            yield return "'gates.data': 'rowsAtLeast' must not be negative, and 'missingAtMost' must be between 0 and 1.";
        if (gate.LabelRate is not null && task != ModelTask.Binary)
            yield return "'gates.data.labelRate' is the share of positives and only valid for binary models.";
        if (gate.ClassRate is not null && task != ModelTask.Multiclass)
            yield return "'gates.data.classRate' is the share of every class and only valid for multiclass models.";
        if (gate.LabelMean is not null && task != ModelTask.Regression)
            yield return "'gates.data.labelMean' is only valid for regression models.";
        foreach (var (name, bounds, range) in new[]
        {
            ("'gates.data.labelRate'", gate.LabelRate, (0.0, 1.0)),
            ("'gates.data.classRate'", gate.ClassRate, (0.0, 1.0)),
            ("'gates.data.labelMean'", gate.LabelMean, (double.NegativeInfinity, double.PositiveInfinity)),
        })
            if (bounds is not null && Problem(name, bounds, range) is { } problem)
                yield return problem;
    }

    private static IEnumerable<string> Costs(GateSpec gates)
    {
        if (gates.LatencyMicrosecondsAtMost is { } latency && !(latency > 0 && double.IsFinite(latency)))
            yield return "'gates.latencyMicrosecondsAtMost' must be greater than 0, because every model takes some time, and finite, because every model would pass.";
        if (gates.OnnxBytesAtMost is <= 0)
            yield return "'gates.onnxBytesAtMost' must be greater than 0, because every model has some size.";
    }

    private static string? Problem(string what, Bounds bounds, (double Min, double Max) range)
    {
        if (bounds is { AtLeast: null, AtMost: null })
            return $"The gate on {what} has no bound: give 'atLeast', 'atMost', or both.";
        if (bounds.AtLeast is { } low && !double.IsFinite(low) || bounds.AtMost is { } high && !double.IsFinite(high))
            return $"The gate on {what} has a bound that is not a finite number.";
        if (bounds.AtLeast > bounds.AtMost)
            return $"The gate on {what} cannot be met: 'atLeast' is more than 'atMost'.";
        if (bounds.AtLeast > range.Max)
            return FormattableString.Invariant($"The gate on {what} cannot be met: it is never more than {range.Max}.");
        return bounds.AtMost < range.Min
            ? FormattableString.Invariant($"The gate on {what} cannot be met: it is never less than {range.Min}.")
            : null;
    }
}
