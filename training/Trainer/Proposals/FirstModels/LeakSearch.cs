using System.Globalization;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Proposals.FirstModels;

/// <summary>
/// Finds features that predict the target on their own: the target under another name, or information that was only known after it. Each row's label is predicted from the
/// other rows with the same value of the feature, or with the closest one.
/// </summary>
/// <param name="classes">The labels of a classification; empty for regression.</param>
public sealed class LeakSearch(ModelTask task, string label, IReadOnlyList<string> classes)
{
    // relative to the errors of a constant prediction, or to the variance of the target
    private const double ClassLeakThreshold = 0.98;
    private const double NumberLeakThreshold = 0.9995;

    // with fewer, a column that predicts them all may be a coincidence
    private const int MinRows = 10;
    private const int MaxRows = 20_000;

    // if positives are this rare, a value that only they have is hardly a cause
    private const double RareRate = 0.15;
    private const int MaxFlagValues = 20;

    /// <summary>The suspicious raw columns, with the reason for each.</summary>
    public IReadOnlyDictionary<string, string> Find(FeatureEncoder encoder, IReadOnlyList<EncodedRows> sides)
    {
        var every = 1 + (sides.Sum(side => side.Count) / MaxRows);
        var rows = sides.SelectMany(side => Enumerable.Range(0, side.Count).Select(row => (Side: side, Row: row))).Where((_, i) => i % every == 0).ToList();
        float[] labels = [.. rows.Select(row => row.Side.Labels[row.Row])];
        var suspects = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var (column, feature) = (0, 0); column < encoder.ColumnCount; column++)
        {
            var (schema, place) = (encoder.Column(column), feature);
            float[] values = [.. rows.Select(row => Value(row.Side.Row(row.Row), place, schema))];
            if (LeakWarning(values, labels, schema.Categories) is { } suspicion)
                suspects[schema.Name] = suspicion;
            feature += schema.Categories?.Count ?? 1;
        }

        return suspects;
    }

    /// <param name="values">One per row: a number, or the index of a category.</param>
    /// <param name="categories">Null for numbers.</param>
    /// <returns>What is suspicious about the feature; null if nothing is.</returns>
    public string? LeakWarning(float[] values, float[] labels, IReadOnlyList<string>? categories)
    {
        var groups = new LabelGroups(values, labels, ordered: categories is null);
        var told = task == ModelTask.Regression ? ToldOfNumber(groups, labels) : ToldOfClass(groups, labels);
        if (told >= (task == ModelTask.Regression ? NumberLeakThreshold : ClassLeakThreshold))
            return told > 0.99995 ? $"predicts '{label}' on its own" : $"predicts '{label}' on its own ({told:P2} of it)";
        return task == ModelTask.Binary ? Flag(groups, labels, categories) : null;
    }

    /// <summary>A value that only rows with the rare label have.</summary>
    private string? Flag(LabelGroups groups, float[] labels, IReadOnlyList<string>? categories)
    {
        var rare = labels.Average() <= 0.5 ? 1f : 0f;
        var count = labels.Count(value => value == rare);
        var (rows, value) = groups.LargestPure(rare);
        if (count > RareRate * labels.Length || rows < MinRows || groups.Count > MaxFlagValues)
            return null;
        var word = categories is null ? value.ToString(CultureInfo.InvariantCulture) : value < 0 ? "missing" : categories[(int)value];
        return $"is '{word}' in {rows} rows, and '{label}' is '{classes[(int)rare]}' in all of them";
    }

    private static double ToldOfClass(LabelGroups groups, float[] labels)
    {
        var wrongByChance = labels.Length - labels.GroupBy(value => value).Max(value => value.Count());
        return wrongByChance < MinRows ? 0 : 1 - ((double)groups.Wrong() / wrongByChance);
    }

    private static double ToldOfNumber(LabelGroups groups, float[] labels)
    {
        var mean = labels.Average(value => (double)value);
        var variation = labels.Sum(value => (value - mean) * (value - mean));
        return variation > 0 ? 1 - (groups.Missed() / variation) : 0;
    }

    /// <summary>The number, or the index of the category; -1 for none.</summary>
    private static float Value(ReadOnlySpan<float> row, int feature, ColumnSchema column) =>
        column.Categories is null ? row[feature] : row.Slice(feature, column.Categories.Count).IndexOf(1f);
}
