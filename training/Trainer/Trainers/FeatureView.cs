using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Trainers;

/// <summary>Encoded rows as an ML.NET data view, without copying them: one row object per cursor.</summary>
internal static class FeatureView
{
    public const string Features = nameof(Row<bool>.Features);
    public const string Label = nameof(Row<bool>.Label);
    public const string Score = "Score";
    public const string Probability = "Probability";

    /// <param name="positive">The label that counts as positive; for one of several classes, its index.</param>
    public static IDataView Binary(MLContext ml, EncodedRows rows, int positive = 1) =>
        Of(ml, rows, BooleanDataViewType.Instance, label => label == positive);

    /// <summary>
    /// Inside ML.NET, keys are counted from 1 and 0 means missing, but a property of a row is counted from 0: class k goes in as k and comes out as value k of a prediction.
    /// </summary>
    public static IDataView Multiclass(MLContext ml, EncodedRows rows, int classes) =>
        Of(ml, rows, new KeyDataViewType(typeof(uint), classes), label => (uint)label);

    public static IDataView Regression(MLContext ml, EncodedRows rows, LabelScale scale) =>
        Of(ml, rows, NumberDataViewType.Single, scale.Normalize);

    /// <summary>One number per row from a model's predictions.</summary>
    public static float[] Numbers(IDataView answers, string column, int count)
    {
        var numbers = new float[count];
        var next = 0;
        foreach (var number in answers.GetColumn<float>(column))
            numbers[next++] = number;
        return numbers;
    }

    /// <summary>The vectors of a model's predictions, one after another.</summary>
    public static float[] Vectors(IDataView answers, string column, int count, int width)
    {
        var numbers = new float[count * width];
        var next = 0;
        foreach (var vector in answers.GetColumn<float[]>(column))
            vector.CopyTo(numbers, width * next++);
        return numbers;
    }

    /// <summary>Scores of a binary model as probabilities, in place.</summary>
    public static float[] Probabilities(ICalibrator calibrator, float[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] = calibrator.PredictProbability(scores[i]);
        return scores;
    }

    private static IDataView Of<TLabel>(MLContext ml, EncodedRows rows, DataViewType labelType, Func<float, TLabel> toLabel)
        where TLabel : struct
    {
        var schema = SchemaDefinition.Create(typeof(Row<TLabel>));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Width);
        schema[Label].ColumnType = labelType;
        return ml.Data.LoadFromEnumerable(Stream(rows, toLabel), schema);
    }

    private static IEnumerable<Row<TLabel>> Stream<TLabel>(EncodedRows rows, Func<float, TLabel> toLabel)
        where TLabel : struct
    {
        // an iterator is created for each cursor, so cursors do not share the row
        var row = new Row<TLabel> { Features = new float[rows.Width] };
        for (var i = 0; i < rows.Count; i++)
        {
            rows.Row(i).CopyTo(row.Features);
            row.Label = toLabel(rows.Labels[i]);
            yield return row;
        }
    }

    private sealed class Row<TLabel>
        where TLabel : struct
    {
        public TLabel Label { get; set; }
        public float[] Features { get; set; } = [];
    }
}
