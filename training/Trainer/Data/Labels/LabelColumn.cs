using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data.Labels;

/// <summary>
/// The target column: the first pass collects its values, the second converts them to numbers.
/// Binary: 0 and 1. Multiclass: the index of the class. Regression: the value itself.
/// </summary>
public abstract class LabelColumn(string name, string source)
{
    public string Name { get; } = name;

    protected string Source { get; } = source;

    /// <summary>The labels of a classification, in the order of their numbers; empty for regression.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    public static LabelColumn For(ModelSpec spec, string source) => spec.Task switch
    {
        ModelTask.Binary => new BinaryLabel(spec.Label, spec.Positive, source),
        ModelTask.Multiclass => new ClassLabel(spec.Label, spec.Classes, source),
        ModelTask.Regression => new NumberLabel(spec.Label, source),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Task, "No such task."),
    };

    /// <summary>The first pass.</summary>
    /// <exception cref="SlipwayException">The label is missing or invalid.</exception>
    public void Add(ReadOnlySpan<char> text, Side side, long row) => Learn(Required(text, row), side, row);

    /// <summary>The second pass.</summary>
    public float Encode(ReadOnlySpan<char> text, long row) => Number(Required(text, row), row);

    /// <exception cref="SlipwayException">The model cannot be trained on these labels; the message says why.</exception>
    public abstract void Check(IReadOnlyDictionary<Side, long> rows);

    /// <summary>Statistics for the data gates.</summary>
    public abstract DataMetrics Describe(DataMetrics data);

    /// <summary>For the job's progress, such as <c>339 positive</c>.</summary>
    public abstract string Summary { get; }

    protected abstract void Learn(ReadOnlySpan<char> word, Side side, long row);

    protected abstract float Number(ReadOnlySpan<char> word, long row);

    protected static string Words(Side side) => side.ToString().ToLowerInvariant();

    private ReadOnlySpan<char> Required(ReadOnlySpan<char> text, long row) => text.Trim() is { IsEmpty: false } word
        ? word
        : throw new SlipwayException($"{Source}, data row {row}: the label '{Name}' is empty. Every row needs one; remove rows without it.");
}
