using System.Globalization;
using System.Text.Json;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Models;

/// <summary>Understands true labels as callers write them: true or 1 for True.</summary>
public sealed class ModelLabels
{
    private readonly CategoryIndex? _classes;

    public ModelLabels(ModelSchema schema)
    {
        Words = schema.Task switch
        {
            ModelTask.Binary => schema.Classes ?? ["0", "1"],
            ModelTask.Multiclass => schema.Classes ?? [.. Enumerable.Range(0, schema.Output.Width).Select(i => i.ToString(CultureInfo.InvariantCulture))],
            _ => [],
        };
        _classes = schema.Task == ModelTask.Regression ? null : new(Words, CategoryForm.ByValue);
    }

    /// <summary>The labels of a classification, in the order of their numbers; empty for regression.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>0 or 1, the index of the class, or the value; null if the model cannot mean this label.</summary>
    public double? Find(JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.String => Find(label.GetString()),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Find(label.GetRawText()),
        _ => null,
    };

    /// <inheritdoc cref="Find(JsonElement)"/>
    public double? Find(ReadOnlySpan<char> label)
    {
        if (_classes is not null)
            return _classes.Find(label.Trim()) is >= 0 and var index ? index : null;
        return double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }
}
