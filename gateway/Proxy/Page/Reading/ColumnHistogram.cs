using Slipway.Gateway.Page.Html;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Gateway.Page.Reading;

/// <summary>How the values of a column are spread, in the training data and in a window: shares by bin.</summary>
public sealed record ColumnHistogram(string Name, IReadOnlyList<string> Bins, IReadOnlyList<double> Training, IReadOnlyList<double> Window)
{
    /// <summary>Of the columns that both have, with the same bins.</summary>
    public static IReadOnlyList<ColumnHistogram> Of(FeatureBaseline baseline, DriftWindow window, ModelSchema schema) =>
    [
        .. baseline.Columns.Append(baseline.Output).OfType<ColumnBaseline>()
            .Join(window.Columns.Append(window.Output).OfType<ColumnCounts>(), column => column.Name, counts => counts.Name, (column, counts) => (column, counts))
            .Where(pair => pair.column.Counts.Count == pair.counts.Counts.Count)
            .Select(pair => new ColumnHistogram(pair.column.Name, Names(pair.column, schema), Shares(pair.column.Counts), Shares(pair.counts.Counts))),
    ];

    private static double[] Shares(IReadOnlyList<long> counts) => counts.Sum() is > 0 and var all ? [.. counts.Select(count => (double)count / all)] : new double[counts.Count];

    private static IReadOnlyList<string> Names(ColumnBaseline column, ModelSchema schema)
    {
        if (column.Edges is { Count: > 0 } edges)
            return [.. Enumerable.Range(0, column.Counts.Count).Select(bin =>
                bin == 0 ? $"at most {Words.Number(edges[0])}" : bin >= edges.Count ? $"above {Words.Number(edges[^1])}" : $"{Words.Number(edges[bin - 1])} to {Words.Number(edges[bin])}")];
        var categories = schema.Columns.FirstOrDefault(one => one.Name == column.Name)?.Categories ?? schema.Classes ?? [];
        return [.. Enumerable.Range(0, column.Counts.Count).Select(bin => bin < categories.Count ? categories[bin] : "unknown")];
    }
}
