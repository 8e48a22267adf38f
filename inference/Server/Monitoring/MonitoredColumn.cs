using Slipway.Registry.Models;

namespace Slipway.Inference.Monitoring;

/// <summary>One column of a model version: where its values are in an encoded row, and where its counts are in the array of all counts.</summary>
public sealed class MonitoredColumn
{
    private MonitoredColumn(string name, int feature, int at, int? categories, BinSearch? bins, ColumnSchema? schema)
    {
        (Name, Feature, At, Categories, Bins) = (name, feature, at, categories, bins);
        Length = bins?.Bins ?? categories!.Value + 1;
        Minimum = schema?.Minimum ?? float.NegativeInfinity;
        Maximum = schema?.Maximum ?? float.PositiveInfinity;
        ImputedBin = bins is not null && schema?.Imputed is { } imputed ? bins.Of(imputed) : null;
    }

    public string Name { get; }

    /// <summary>Its first encoded feature.</summary>
    public int Feature { get; }

    /// <summary>The position of its first count. Those of missing values and of values out of range follow its <see cref="Length"/> bins.</summary>
    public int At { get; }

    /// <summary>The number of bins, or of categories and one for all others.</summary>
    public int Length { get; }

    /// <summary>The number of known categories; null for numbers.</summary>
    public int? Categories { get; }

    /// <summary>Null for categories.</summary>
    public BinSearch? Bins { get; }
    public float Minimum { get; }
    public float Maximum { get; }
    public int? ImputedBin { get; }

    public int MissingAt => At + Length;
    public int OutOfRangeAt => At + Length + 1;
    public int End => At + Length + 2;

    /// <returns>Null if the baseline does not fit the schema.</returns>
    public static MonitoredColumn? Of(ColumnSchema schema, ColumnBaseline baseline, int feature, int at)
    {
        if (schema.Name != baseline.Name || schema.Kind != baseline.Kind)
            return null;
        if (schema.Categories is { } categories)
            return baseline.Counts.Count == categories.Count + 1 ? new(schema.Name, feature, at, categories.Count, null, schema) : null;
        return baseline.Edges is { } edges && baseline.Counts.Count == edges.Count + 1 ? new(schema.Name, feature, at, null, new(edges), schema) : null;
    }

    /// <summary>What a model predicts: its first output, or the class.</summary>
    public static MonitoredColumn? OfOutput(ColumnBaseline? baseline, int classes, int at) => baseline switch
    {
        { Kind: ColumnKind.Categorical } when baseline.Counts.Count == classes + 1 => new(baseline.Name, 0, at, classes, null, null),
        { Kind: ColumnKind.Numeric, Edges: { } edges } when baseline.Counts.Count == edges.Count + 1 => new(baseline.Name, 0, at, null, new(edges), null),
        _ => null,
    };
}
