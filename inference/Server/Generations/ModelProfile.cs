using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Slipway.Inference.Invocations;
using Slipway.Inference.Requests;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Inference.Generations;

/// <summary>What every response of a model version needs, computed once: names as JSON text, header values, ranges. Contains nothing native.</summary>
public sealed class ModelProfile
{
    private readonly (int Feature, int Column, float Minimum, float Maximum)[] _ranges;

    private readonly (int Feature, float Missing)[] _personal;

    private volatile OutOfRangeColumns? _lastOutOfRange;

    public ModelProfile(ModelManifest manifest)
    {
        Manifest = manifest;
        Encoder = new(manifest.Schema.Columns);
        OutputWidth = (int)Math.Max(1, manifest.Schema.Output.Shape.Count > 1 ? manifest.Schema.Output.Shape[^1] : 1);
        Labels = new(manifest.Schema);
        LabelTexts = [.. LabelWords.Select(word => JsonEncodedText.Encode(word))];
        ColumnOrder = [.. Enumerable.Range(0, Schema.Columns.Count)];
        ColumnNames = new(Schema.Columns.Select(column => column.Name));
        ColumnTexts = [.. Schema.Columns.Select(column => JsonEncodedText.Encode(column.Name))];
        VersionText = JsonEncodedText.Encode(manifest.Version.ToString(CultureInfo.InvariantCulture));
        ColumnHeaders = [.. Schema.Columns.Select(column => NamesHeader.Encode(column.Name))];
        ModelText = JsonEncodedText.Encode(manifest.Model);
        OutputText = JsonEncodedText.Encode(Schema.Output.Name);
        VersionHeader = VersionText.Value;
        TrainingJobHeader = manifest.Lineage.TrainingJob;
        _ranges = [.. RangesOf(Schema.Columns)];
        _personal = [.. PersonalOf(Schema.Columns)];
        if (_personal.Length > 0)
            PersonalFeatures = [.. Enumerable.Range(0, Encoder.Width).Select(feature => _personal.Any(personal => personal.Feature == feature))];
    }

    public ModelManifest Manifest { get; }
    public ModelSchema Schema => Manifest.Schema;
    public FeatureEncoder Encoder { get; }

    /// <summary>The number of floats in one output row.</summary>
    public int OutputWidth { get; }

    /// <summary>The values of the output <c>label</c>; empty for regression.</summary>
    public IReadOnlyList<string> LabelWords => Labels.Words;
    public IReadOnlyList<JsonEncodedText> LabelTexts { get; }

    public ColumnNames ColumnNames { get; }

    /// <summary>Finds the label that a caller means: true or 1 for True.</summary>
    public ModelLabels Labels { get; }

    public IReadOnlyList<JsonEncodedText> ColumnTexts { get; }

    /// <summary>Column names as they appear in headers.</summary>
    public IReadOnlyList<string> ColumnHeaders { get; }
    public JsonEncodedText ModelText { get; }
    public JsonEncodedText VersionText { get; }
    public JsonEncodedText OutputText { get; }
    public StringValues VersionHeader { get; }
    public StringValues TrainingJobHeader { get; }

    /// <summary>The positions of all columns, in the order of the schema.</summary>
    public int[] ColumnOrder { get; }

    /// <summary>A caller that sends CSV usually sends the same header again. Null before the first one.</summary>
    public SeenCsvHeader? LastCsvHeader { get; set; }

    /// <summary>By feature: whether the spec calls its column personal. Empty if none is.</summary>
    public bool[] PersonalFeatures { get; } = [];

    /// <summary>The index in <see cref="LabelWords"/> of the decision for one output row.</summary>
    public int LabelOf(ReadOnlySpan<float> output)
    {
        if (output.Length == 1)
            return output[0] >= (Schema.Threshold ?? 0.5) ? 1 : 0;

        var best = 0;
        for (var i = 1; i < output.Length; i++)
            if (output[i] > output[best])
                best = i;
        return best;
    }

    /// <summary>Marks the columns whose encoded value is outside the training range. Categories are not recognizable in encoded rows.</summary>
    public void MarkOutOfRange(RowBatch batch, Span<bool> outOfRange)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var features = batch.Input(row);
            foreach (var (feature, column, minimum, maximum) in _ranges)
                if (features[feature] < minimum || features[feature] > maximum)
                    outOfRange[column] = true;
        }
    }

    /// <summary>The first column of an encoded row whose value exceeds the training range by more than a thousand times that range; null if there is none.</summary>
    public string? FarOutside(ReadOnlySpan<float> features)
    {
        const double far = 1000;
        var feature = 0;
        foreach (var column in Schema.Columns)
        {
            var (minimum, maximum) = column.Categories is null ? (column.Minimum ?? float.NegativeInfinity, column.Maximum ?? float.PositiveInfinity) : (0, 1);
            var room = far * Math.Max((double)maximum - minimum, Math.Max(Math.Abs((double)minimum), Math.Abs((double)maximum)));
            for (var end = feature + (column.Categories?.Count ?? 1); feature < end; feature++)
                if (features[feature] < minimum - room || features[feature] > maximum + room)
                    return column.Name;
        }

        return null;
    }

    /// <summary>Replaces what the spec calls personal in an encoded row as if it were missing.</summary>
    public void HidePersonal(Span<float> features)
    {
        foreach (var (feature, missing) in _personal)
            features[feature] = missing;
    }

    /// <summary>Whether rows that one of the two has encoded, or may keep, are the same for the other.</summary>
    public bool EncodesLike(ModelProfile other) =>
        FeatureEncoder.FeatureNames(Schema.Columns).SequenceEqual(FeatureEncoder.FeatureNames(other.Schema.Columns)) && _personal.Select(feature => feature.Feature).SequenceEqual(other._personal.Select(feature => feature.Feature));

    /// <summary>The names of the marked columns. A caller that is out of range usually stays out of range, so the last result is cached.</summary>
    public StringValues OutOfRangeHeader(ReadOnlySpan<bool> outOfRange)
    {
        if (_lastOutOfRange is { } last && outOfRange.SequenceEqual(last.Marks))
            return last.Header;

        var marks = outOfRange.ToArray();
        var header = NamesHeader.Join([.. ColumnHeaders.Where((_, column) => marks[column])]);
        _lastOutOfRange = new(marks, header);
        return header;
    }

    private static IEnumerable<(int Feature, int Column, float Minimum, float Maximum)> RangesOf(IReadOnlyList<ColumnSchema> columns)
    {
        var feature = 0;
        for (var i = 0; i < columns.Count; feature += columns[i].Categories?.Count ?? 1, i++)
            if (columns[i].Categories is null)
                yield return (feature, i, columns[i].Minimum ?? float.NegativeInfinity, columns[i].Maximum ?? float.PositiveInfinity);
    }

    private static IEnumerable<(int Feature, float Missing)> PersonalOf(IReadOnlyList<ColumnSchema> columns)
    {
        var feature = 0;
        foreach (var column in columns)
            for (var end = feature + (column.Categories?.Count ?? 1); feature < end; feature++)
                if (column.Personal)
                    yield return (feature, column.Categories is null ? column.Imputed ?? float.NaN : 0);
    }

    private sealed record OutOfRangeColumns(bool[] Marks, StringValues Header);
}
