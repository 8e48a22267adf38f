using Slipway.Registry;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data;

/// <summary>Encoded rows with their labels: one flat array, row after row, as ONNX Runtime needs it.</summary>
public sealed class EncodedRows(int width, int count)
{
    public int Width { get; } = width;
    public int Count { get; private set; }
    public float[] Values { get; } = new float[checked(width * count)];

    /// <summary>Binary: 0 or 1. Multiclass: the index of the class. Regression: the value.</summary>
    public float[] Labels { get; } = new float[count];

    /// <summary>The row's number in the dataset, 1 for the first.</summary>
    public long[] Numbers { get; } = new long[count];

    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Width, Width);

    /// <summary>A copy of so many rows, evenly over all of them, including the first and the last.</summary>
    /// <param name="count">At least 2, and at most all.</param>
    public EncodedRows Spread(int count)
    {
        var some = new EncodedRows(Width, count);
        for (var i = 0; i < count; i++)
        {
            var row = (int)((long)i * (Count - 1) / (count - 1));
            some.Add(Row(row), Labels[row], Numbers[row]);
        }

        return some;
    }

    /// <summary>A copy of consecutive rows.</summary>
    public EncodedRows Part(int start, int count)
    {
        if (start == 0 && count == Count)
            return this;
        var part = new EncodedRows(Width, count) { Count = count };
        Values.AsSpan(start * Width, count * Width).CopyTo(part.Values);
        Labels.AsSpan(start, count).CopyTo(part.Labels);
        Numbers.AsSpan(start, count).CopyTo(part.Numbers);
        return part;
    }

    /// <summary>Encodes the current row of a CSV.</summary>
    /// <param name="columns">For each raw column of the encoder, its position in the CSV.</param>
    public void Add(FeatureEncoder encoder, CsvRows row, ReadOnlySpan<int> columns, float label)
    {
        var target = Values.AsSpan(Count * Width, Width);
        for (var i = 0; i < columns.Length; i++)
            if (encoder.Encode(i, row.Value(columns[i]), target) == EncodedValue.NonNumericKind)
                throw new SlipwayException($"Data row {row.Row}: '{row.Value(columns[i])}' in the column '{encoder.Column(i).Name}' is not a number.");

        Labels[Count] = label;
        Numbers[Count++] = row.Row;
    }

    /// <summary>Adds a row that is encoded already.</summary>
    public void Add(ReadOnlySpan<float> encoded, float label, long number)
    {
        encoded.CopyTo(Values.AsSpan(Count * Width, Width));
        Labels[Count] = label;
        Numbers[Count++] = number;
    }
}
