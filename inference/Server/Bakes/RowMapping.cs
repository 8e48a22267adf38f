using Slipway.Inference.Generations;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Inference.Bakes;

/// <summary>From encoded rows of one version to those of another. What the other version has beyond that is missing in its rows, as if a caller had not sent it.</summary>
public sealed class RowMapping
{
    private readonly int[] _from;
    private readonly float[] _missing;

    private RowMapping(int[] from, float[] missing, IReadOnlyList<string> added, bool isSame, bool isComplete) =>
        (_from, _missing, Added, IsSame, IsComplete) = (from, missing, added, isSame, isComplete);

    /// <summary>The columns of the other version that the rows do not have.</summary>
    public IReadOnlyList<string> Added { get; }

    /// <summary>Both encode every row equally.</summary>
    public bool IsSame { get; }

    /// <summary>Both have the same columns, though maybe not the same categories, so that their predictions can be compared.</summary>
    public bool IsComplete { get; }

    public static RowMapping Between(ModelProfile rows, ModelProfile other)
    {
        var names = FeatureEncoder.FeatureNames(rows.Schema.Columns);
        var indexes = names.Select((name, at) => (name, at)).ToDictionary(feature => feature.name, feature => feature.at, StringComparer.Ordinal);
        var otherNames = FeatureEncoder.FeatureNames(other.Schema.Columns);
        var known = Kinds(rows);
        var added = other.Schema.Columns.Where(column => !known.Contains((column.Name, column.Kind))).Select(column => column.Name).ToList();
        // a number that became a category has another feature's name only if it has categories: then nothing maps
        int[] from = [.. otherNames.Select(name => indexes.GetValueOrDefault(name, -1))];
        return new(from, Missing(other), added, names.SequenceEqual(otherNames), added.Count == 0 && known.Count == other.Schema.Columns.Count);
    }

    public void Map(ReadOnlySpan<float> row, Span<float> other)
    {
        for (var feature = 0; feature < _from.Length; feature++)
            other[feature] = _from[feature] >= 0 ? row[_from[feature]] : _missing[feature];
    }

    private static float[] Missing(ModelProfile profile)
    {
        var row = new float[profile.Encoder.Width];
        for (var column = 0; column < profile.Encoder.ColumnCount; column++)
            profile.Encoder.EncodeMissing(column, row);
        return row;
    }

    private static HashSet<(string, ColumnKind)> Kinds(ModelProfile profile) => [.. profile.Schema.Columns.Select(column => (column.Name, column.Kind))];
}
