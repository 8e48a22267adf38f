using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Analysis;

/// <summary>What the JSON lines of earlier servers do not say about a version, and its manifest does.</summary>
/// <param name="Numbers">Its numeric columns.</param>
/// <param name="Personal">Its personal columns: JSON lines have their values as they were sent, and the tables have none of them.</param>
/// <param name="PersonalFeatures">The positions of their encoded features, from 1.</param>
/// <param name="Labels">The labels of a classification, in the order of their numbers; empty for regression.</param>
/// <param name="Threshold">The probability from which a binary decision is positive.</param>
public sealed record LoggedVersion(
    string Model, int Version, IReadOnlyList<string> Numbers, IReadOnlyList<string> Personal, IReadOnlyList<int> PersonalFeatures, IReadOnlyList<string> Labels, double Threshold)
{
    /// <summary>All versions of the models that have JSON lines in a folder.</summary>
    /// <param name="store">Has their manifests.</param>
    public static async Task<IReadOnlyList<LoggedVersion>> ReadAsync(IObjectStore store, string folder, CancellationToken cancellation)
    {
        var versions = new ModelVersions(store);
        var found = new List<LoggedVersion>();
        foreach (var model in JsonLinesViews.ModelsIn(folder))
            await foreach (var version in versions.ListAsync(model, cancellation))
                if (await versions.GetAsync(model, version, cancellation) is { } manifest)
                    found.Add(Of(model, version, manifest.Schema));
        return found;
    }

    public static LoggedVersion Of(string model, int version, ModelSchema schema)
    {
        var features = schema.Columns.SelectMany(column => Enumerable.Repeat(column.Personal, column.Categories?.Count ?? 1)).ToList();
        return new(
            model, version, [.. schema.Columns.Where(column => column.Kind == ColumnKind.Numeric).Select(column => column.Name)],
            [.. schema.Columns.Where(column => column.Personal).Select(column => column.Name)],
            [.. Enumerable.Range(1, features.Count).Where(at => features[at - 1])], new ModelLabels(schema).Words, schema.Threshold ?? 0.5);
    }
}
