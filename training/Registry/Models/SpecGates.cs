namespace Slipway.Registry.Models;

/// <summary>Finds gates that no model could pass, that every model would pass, or that ask for what is never measured.</summary>
internal static class SpecGates
{
    public static IEnumerable<string> Problems(ModelSpec spec)
    {
        var gates = spec.Gates;
        if (gates.Metrics.Count == 0)
            yield return "'gates.metrics' is empty: a model without a gate can not be trusted.";

        var known = MetricNames.For(spec.Task);
        foreach (var metric in gates.Metrics.Keys.Concat(gates.Slices?.Metrics.Keys ?? []).Concat(gates.Champion?.Keys ?? []).Distinct())
            if (!known.Contains(metric))
                yield return $"There is no metric '{metric}' to gate.{Suggestion.DidYouMean(metric, known)} For this task there are: {string.Join(", ", known)}.";

        foreach (var (metric, bounds) in gates.Metrics.Concat(gates.Slices?.Metrics ?? new Dictionary<string, Bounds>()))
            if (Problem($"'{metric}'", bounds, MetricNames.RangeOf(metric)) is { } problem)
                yield return problem;
        foreach (var (metric, gate) in gates.Champion ?? new Dictionary<string, ChampionGate>())
            if (gate.LossAtMost is { } loss && !(loss >= 0 && double.IsFinite(loss)))
                yield return $"The accepted loss of '{metric}' against the champion must be 0 or more: with less, every candidate fails.";
        if (gates.UnknownCategoriesAtMost is not (null or (>= 0 and <= 1)))
            yield return "'gates.unknownCategoriesAtMost' is a share from 0 to 1.";
        foreach (var problem in Data(spec.Task, gates.Data ?? new()).Concat(Costs(gates)))
            yield return problem;
    }

    private static IEnumerable<string> Data(ModelTask task, DataGate gate)
    {
        if (gate.RowsAtLeast < 0 || gate.MissingAtMost is not (null or (>= 0 and <= 1)))
            yield return "'gates.data': 'rowsAtLeast' must not be negative, and 'missingAtMost' is a share from 0 to 1.";
        if (gate.LabelRate is not null && task != ModelTask.Binary)
            yield return "'gates.data.labelRate' is the share of positives: it belongs to binary models only.";
        if (gate.ClassRate is not null && task != ModelTask.Multiclass)
            yield return "'gates.data.classRate' is the share of every class: it belongs to multiclass models only.";
        if (gate.LabelMean is not null && task != ModelTask.Regression)
            yield return "'gates.data.labelMean' belongs to regression models only.";
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
        if (gates.LatencyMicrosecondsAtMost is <= 0)
            yield return "'gates.latencyMicrosecondsAtMost' must be more than 0: every model takes some time.";
        if (gates.OnnxBytesAtMost is <= 0)
            yield return "'gates.onnxBytesAtMost' must be more than 0: every model has some size.";
    }

    private static string? Problem(string what, Bounds bounds, (double Least, double Most) range)
    {
        if (bounds is { AtLeast: null, AtMost: null })
            return $"The gate on {what} says nothing: give 'atLeast', 'atMost', or both.";
        if (bounds.AtLeast is { } low && !double.IsFinite(low) || bounds.AtMost is { } high && !double.IsFinite(high))
            return $"The gate on {what} has a bound that is not a finite number.";
        if (bounds.AtLeast > bounds.AtMost)
            return $"The gate on {what} can not be met: 'atLeast' is more than 'atMost'.";
        if (bounds.AtLeast > range.Most)
            return FormattableString.Invariant($"The gate on {what} can not be met: it is never more than {range.Most}.");
        return bounds.AtMost < range.Least
            ? FormattableString.Invariant($"The gate on {what} can not be met: it is never less than {range.Least}.")
            : null;
    }
}
