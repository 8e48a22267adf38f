using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data;

/// <summary>The positions of the spec's columns in a CSV file.</summary>
/// <param name="Features">In the order of the spec, which is the order of the encoding.</param>
/// <param name="Identity">Columns that identify a row: the ids, or all of them.</param>
/// <param name="Unused">Columns that are not in the spec.</param>
public sealed record DatasetColumns(int Label, IReadOnlyList<FeatureColumn> Features, int[] Identity, IReadOnlyList<string> Unused)
{
    /// <exception cref="SlipwayException">Columns are missing; the message lists all of them and those that exist.</exception>
    public static DatasetColumns Find(ModelSpec spec, CsvRows rows, string source)
    {
        var ids = spec.Id ?? [];
        var needed = spec.Features.Keys.Append(spec.Label).Concat(ids);
        var missing = needed.Where(name => rows.IndexOf(name) < 0).ToList();
        if (missing.Count > 0)
            throw new SlipwayException(Missing(missing, spec, rows.Columns, source));

        var known = needed.Concat(spec.Ignore ?? []).ToHashSet(StringComparer.Ordinal);
        return new(
            rows.IndexOf(spec.Label),
            [.. spec.Features.Select(feature => new FeatureColumn(feature.Key, feature.Value, rows.IndexOf(feature.Key)))],
            ids.Count > 0 ? [.. ids.Select(rows.IndexOf)] : [.. Enumerable.Range(0, rows.Columns.Count)],
            [.. rows.Columns.Where(name => !known.Contains(name))]);
    }

    private static string Missing(List<string> missing, ModelSpec spec, IReadOnlyList<string> present, string source)
    {
        var named = missing.Select(name =>
            $"\n  - {(name == spec.Label ? "target column" : "column")} '{name}'.{Suggestion.DidYouMean(name, present)}");
        return $"{source} lacks columns that the model needs:{string.Concat(named)}\n"
            + $"Its columns: {string.Join(", ", present)}. Correct the header of the dataset, or the names in model.json.";
    }
}

public sealed record FeatureColumn(string Name, ColumnKind Kind, int Index);
