using System.Globalization;
using Slipway.Registry.Models;

namespace Slipway.Registry.Rows;

/// <summary>
/// The one place where raw rows become features, for trainer and server alike: order of columns, one-hot categories by their
/// <see cref="CategoryValue"/>, missing values and imputation. Created from a <see cref="ModelSchema"/>; thread-safe.
/// </summary>
public sealed class FeatureEncoder
{
    private readonly ColumnEncoding[] _columns;
    private readonly Dictionary<string, int> _indexes;

    public FeatureEncoder(IReadOnlyList<ColumnSchema> columns)
    {
        _columns = new ColumnEncoding[columns.Count];
        _indexes = new(columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            _columns[i] = new(columns[i], Width);
            _indexes.Add(columns[i].Name, i);
            Width += _columns[i].Width;
        }
    }

    /// <summary>F: the number of floats in an encoded row.</summary>
    public int Width { get; }

    /// <summary>The number of raw columns in a row.</summary>
    public int ColumnCount => _columns.Length;

    public ColumnSchema Column(int index) => _columns[index].Schema;

    /// <summary>The index of a raw column, or -1.</summary>
    public int IndexOf(string column) => _indexes.GetValueOrDefault(column, -1);

    /// <summary>Names of the encoded features: the column's own, or <c>column=category</c>.</summary>
    public static IReadOnlyList<string> FeatureNames(IReadOnlyList<ColumnSchema> columns) =>
        [.. columns.SelectMany(column => column.Categories is { } categories
            ? categories.Select(category => $"{column.Name}={category}")
            : [column.Name])];

    /// <summary>Encodes one value of a column into a row of <see cref="Width"/> floats that starts zeroed.</summary>
    /// <param name="text">As in the CSV; empty means missing, and surrounding white space is ignored.</param>
    /// <returns>Whether the value was valid: a number for a numeric column. Unknown categories are valid and set nothing.</returns>
    public EncodedValue Encode(int column, ReadOnlySpan<char> text, Span<float> row)
    {
        var encoding = _columns[column];
        text = text.Trim();
        if (text.IsEmpty)
            return EncodeMissing(column, row);
        if (encoding.Categories is { } categories)
            return categories.Find(text) is >= 0 and var index ? Set(row, encoding.Offset + index, 1) : EncodedValue.OutOfRange;

        return ShortDecimal.TryParse(text, out var number) || float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            ? Encode(column, number, row)
            : EncodedValue.NonNumericKind;
    }

    /// <summary>Encodes one number of a numeric column. NaN is missing.</summary>
    public EncodedValue Encode(int column, float number, Span<float> row)
    {
        var encoding = _columns[column];
        if (encoding.Categories is not null)
            return Encode(column, number.ToString(CultureInfo.InvariantCulture), row);
        if (float.IsNaN(number))
            return EncodeMissing(column, row);

        row[encoding.Offset] = number;
        return number < encoding.Schema.Minimum || number > encoding.Schema.Maximum ? EncodedValue.OutOfRange : EncodedValue.Known;
    }

    public EncodedValue EncodeMissing(int column, Span<float> row)
    {
        var encoding = _columns[column];
        if (encoding.Categories is null)
            row[encoding.Offset] = encoding.Schema.Imputed ?? float.NaN;
        return EncodedValue.Missing;
    }

    private static EncodedValue Set(Span<float> row, int index, float value)
    {
        row[index] = value;
        return EncodedValue.Known;
    }

    private sealed class ColumnEncoding(ColumnSchema schema, int offset)
    {
        public ColumnSchema Schema { get; } = schema;
        public int Offset { get; } = offset;
        public int Width { get; } = schema.Categories?.Count ?? 1;

        public CategoryIndex? Categories { get; } = schema.Categories is { } words ? new(words, schema.Form) : null;
    }
}

public enum EncodedValue
{
    Known,
    Missing,

    /// <summary>A number outside the training range, or a category that training did not see: encoded all the same, and worth a warning.</summary>
    OutOfRange,

    /// <summary>Text instead of a number. Nothing was encoded.</summary>
    NonNumericKind,
}
