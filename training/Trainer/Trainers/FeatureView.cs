using Microsoft.ML;
using Microsoft.ML.Data;

namespace Slipway.Trainer;

/// <summary>Encoded rows as ML.NET reads them, without a copy of the whole: one row object for each cursor.</summary>
internal static class FeatureView
{
    public const string Features = nameof(Row.Features);
    public const string Label = nameof(Row.Label);

    public static IDataView Of(MLContext ml, EncodedRows rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Width);
        return ml.Data.LoadFromEnumerable(Stream(rows), schema);
    }

    public static float[] Probabilities(ITransformer model, MLContext ml, EncodedRows rows)
    {
        var probabilities = new float[rows.Count];
        var next = 0;
        foreach (var probability in model.Transform(Of(ml, rows)).GetColumn<float>("Probability"))
            probabilities[next++] = probability;
        return probabilities;
    }

    private static IEnumerable<Row> Stream(EncodedRows rows)
    {
        // an iterator is made anew for each cursor, so cursors do not share the row
        var row = new Row { Features = new float[rows.Width] };
        for (var i = 0; i < rows.Count; i++)
        {
            rows.Row(i).CopyTo(row.Features);
            row.Label = rows.Labels[i] == 1;
            yield return row;
        }
    }

    private sealed class Row
    {
        public bool Label { get; set; }
        public float[] Features { get; set; } = [];
    }
}
