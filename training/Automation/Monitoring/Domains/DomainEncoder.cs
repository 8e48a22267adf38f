using System.Text.Json;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Rows;

namespace Slipway.Automation.Monitoring.Domains;

/// <summary>
/// Rows as the model sees them, whether they came raw or encoded: missing numbers are imputed, unknown categories are none. Personal columns are left out, because
/// the log has only their hashes.
/// </summary>
internal sealed class DomainEncoder
{
    private readonly FeatureEncoder _encoder;
    private readonly bool[] _isCompared;
    private readonly float[] _encoded;
    private readonly float[] _row;

    public DomainEncoder(ModelSchema schema)
    {
        _encoder = new(schema.Columns);
        _encoded = new float[_encoder.Width];
        _isCompared = [.. schema.Columns.SelectMany(column => Enumerable.Repeat(!column.Personal, WidthOf(column)))];
        Columns = [.. schema.Columns.Where(column => !column.Personal).Select(column => new DomainColumn(column.Name, WidthOf(column)))];
        _row = new float[Columns.Sum(column => column.Width)];
    }

    public IReadOnlyList<DomainColumn> Columns { get; }

    /// <summary>The current row of a CSV.</summary>
    /// <param name="columns">For each raw column, its position in the CSV.</param>
    /// <returns>Valid until the next row; empty if it is not like the others.</returns>
    public ReadOnlySpan<float> Encode(CsvRows csv, ReadOnlySpan<int> columns)
    {
        Array.Clear(_encoded);
        for (var i = 0; i < columns.Length; i++)
            if (_encoder.Encode(i, csv.Value(columns[i]), _encoded) == EncodedValue.NonNumericKind)
                return [];
        return Compared();
    }

    /// <summary>A row of the log: an object with raw values, or an array of features.</summary>
    /// <inheritdoc cref="Encode(CsvRows, ReadOnlySpan{int})"/>
    public ReadOnlySpan<float> Encode(JsonElement row)
    {
        Array.Clear(_encoded);
        return row.ValueKind switch
        {
            JsonValueKind.Array when row.GetArrayLength() == _encoder.Width => EncodeFeatures(row),
            JsonValueKind.Object => EncodeColumns(row),
            _ => [],
        };
    }

    private ReadOnlySpan<float> EncodeFeatures(JsonElement row)
    {
        var i = 0;
        foreach (var feature in row.EnumerateArray())
            _encoded[i++] = feature.ValueKind == JsonValueKind.Number ? feature.GetSingle() : float.NaN;
        return Compared();
    }

    private ReadOnlySpan<float> EncodeColumns(JsonElement row)
    {
        for (var i = 0; i < _encoder.ColumnCount; i++)
        {
            if (_encoder.Column(i).Personal)
                continue;
            var text = row.TryGetProperty(_encoder.Column(i).Name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";
            if (_encoder.Encode(i, text, _encoded) == EncodedValue.NonNumericKind)
                return [];
        }

        return Compared();
    }

    private ReadOnlySpan<float> Compared()
    {
        var next = 0;
        for (var i = 0; i < _encoded.Length; i++)
            if (_isCompared[i])
                _row[next++] = _encoded[i];
        return _row;
    }

    private static int WidthOf(ColumnSchema column) => column.Categories?.Count ?? 1;
}
