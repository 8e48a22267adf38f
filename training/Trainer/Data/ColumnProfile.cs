using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data;

/// <summary>The content of a raw column: missing values over all rows, everything else only over training rows, so that nothing of the holdout leaks.</summary>
public abstract class ColumnProfile(string name)
{
    public string Name { get; } = name;

    /// <summary>Over all rows.</summary>
    public long Missing { get; private set; }

    /// <summary>Over training rows.</summary>
    public long MissingInTraining { get; private set; }

    public abstract ColumnSchema ToSchema(string source);

    public static ColumnProfile For(FeatureColumn column) =>
        column.Kind == ColumnKind.Categorical ? new CategoricalProfile(column.Name) : new NumericProfile(column.Name);

    public void Add(ReadOnlySpan<char> text, Side side, long row, string source)
    {
        text = text.Trim();
        if (!text.IsEmpty && TryAdd(text, side, row, source))
            return;
        Missing++;
        if (side == Side.Training)
            MissingInTraining++;
    }

    /// <returns>False if the value counts as missing.</returns>
    protected abstract bool TryAdd(ReadOnlySpan<char> text, Side side, long row, string source);
}

public sealed class NumericProfile(string name) : ColumnProfile(name)
{
    public ValueSample Sample { get; } = new();

    /// <summary>Over training rows.</summary>
    public RunningMoments Moments { get; } = new();

    public override ColumnSchema ToSchema(string source) => Moments.Count > 0
        ? new(Name, ColumnKind.Numeric, Categories: null, Sample.Quantile(0.5), Moments.Minimum, Moments.Maximum)
        : throw new SlipwayException($"{source}: the column '{Name}' has no value in any training row. Fill it, or remove it from 'features' in model.json.");

    protected override bool TryAdd(ReadOnlySpan<char> text, Side side, long row, string source)
    {
        if ((!ShortDecimal.TryParse(text, out var value) && !float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) || float.IsInfinity(value))
            throw new SlipwayException(
                $"{source}, data row {row}: '{NumberText.Shortened(text)}' in the numeric column '{Name}' is not a finite number.{NumberText.Hint(text)} " +
                "Correct the value, leave it empty for missing, or make the column categorical in model.json.");
        if (float.IsNaN(value))
            return false;
        if (side != Side.Training)
            return true;

        Moments.Add(value);
        Sample.Add(value);
        return true;
    }
}

public sealed class CategoricalProfile(string name) : ColumnProfile(name)
{
    // each becomes a feature: a column with more is an id or free text
    private const int MaximumCategories = 1000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <param name="column">The result of <see cref="ToSchema"/>.</param>
    /// <returns>Training rows by category.</returns>
    public IReadOnlyList<long> CountsOf(ColumnSchema column)
    {
        var counts = new long[column.Categories!.Count];
        var index = new CategoryIndex(column.Categories, column.Form);
        foreach (var (text, count) in _counts)
            counts[index.Find(text)] += count;
        return counts;
    }

    public override ColumnSchema ToSchema(string source)
    {
        if (_counts.Count == 0)
            throw new SlipwayException($"{source}: the column '{Name}' has no value in any training row. Fill it, or remove it from 'features' in model.json.");
        var form = CategoryIndex.FormOf(_counts.Keys);
        string[] categories = [.. CategoryIndex.Groups(_counts.Keys, form).Select(group => group.Key).Order(StringComparer.Ordinal)];
        return new(Name, ColumnKind.Categorical, categories, Imputed: null, Minimum: null, Maximum: null, form);
    }

    protected override bool TryAdd(ReadOnlySpan<char> text, Side side, long row, string source)
    {
        if (side != Side.Training)
            return true;

        var counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        counts[text] = counts.TryGetValue(text, out var count) ? count + 1 : 1;
        return _counts.Count <= MaximumCategories
            ? true
            : throw new SlipwayException(
                $"{source}, data row {row}: the categorical column '{Name}' has more than {MaximumCategories} different values. " +
                "If it is an id, list it under 'id' or 'ignore' in model.json; otherwise, make it numeric.");
    }
}
