using Slipway.Registry.Models;

namespace Slipway.Registry.Gates;

/// <summary>Checks whether the data that a candidate was trained on is what its owner expects.</summary>
internal static class DataChecks
{
    public static IEnumerable<GateVerdict> Verdicts(DataGate gate, DataMetrics data, ModelSchema schema)
    {
        if (gate.RowsAtLeast is { } rows)
            yield return GateBounds.Verdict("data rows", "The number of rows", data.Rows, new(AtLeast: rows));
        if (gate.MissingAtMost is { } most)
            yield return Missing(data, schema, most);
        if (gate.LabelRate is { } bounds)
            yield return GateBounds.Verdict("data labelRate", $"The share of positive '{schema.Label}'", data.LabelRate, bounds);
        if (gate.ClassRate is { } rates)
            foreach (var name in schema.Classes ?? [])
                yield return GateBounds.Verdict($"data classRate {name}", $"The share of '{schema.Label}' = '{name}'", ClassRate(data, name), rates);
        if (gate.LabelMean is { } mean)
            yield return GateBounds.Verdict("data labelMean", $"The mean of '{schema.Label}'", data.LabelValues?.Mean, mean);
    }

    private static double? ClassRate(DataMetrics data, string name) =>
        data.ClassRates?.TryGetValue(name, out var share) == true ? share : null;

    // one verdict, on the worst column: a dataset may have hundreds
    private static GateVerdict Missing(DataMetrics data, ModelSchema schema, double most)
    {
        foreach (var column in schema.Columns)
            if (GateBounds.Finite(data.Missing.TryGetValue(column.Name, out var share) ? share : null) is null)
                return new("data missing", false, null, $"<= {GateNumber.Text(most)}", $"The share of missing values in '{column.Name}' was not measured, or is not a finite number.");

        var worst = schema.Columns.MaxBy(column => data.Missing[column.Name]);
        return GateBounds.Verdict("data missing", $"The share of missing values, largest in '{worst?.Name}',",
            worst is null ? null : data.Missing[worst.Name], new(AtMost: most));
    }
}
