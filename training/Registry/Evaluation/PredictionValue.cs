using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Evaluation;

/// <summary>The value of a prediction whose label is known, by the spec of its model.</summary>
public sealed class PredictionValue
{
    /// <summary>The metric is the value of as many predictions.</summary>
    public const int Predictions = 1000;

    private readonly double[,] _ofDecision;
    private readonly double _prediction, _over, _under, _square;

    private PredictionValue(ValueSpec spec, double[,] ofDecision)
    {
        _ofDecision = ofDecision;
        _prediction = spec.Prediction ?? 0;
        _over = spec.AbsoluteError ?? spec.Overestimate ?? 0;
        _under = spec.AbsoluteError ?? spec.Underestimate ?? 0;
        _square = spec.SquaredError ?? 0;
    }

    /// <summary>Whether the value of an estimate depends only on the size of its error.</summary>
    public bool IsSymmetric => _over == _under;

    /// <param name="classes">The labels of a classification, in the order of their numbers.</param>
    /// <returns>Null if the spec gives no value.</returns>
    /// <exception cref="SlipwayException">It names a class that the model does not have.</exception>
    public static PredictionValue? Of(ValueSpec? spec, ModelTask task, IReadOnlyList<string> classes) => (spec, task) switch
    {
        (null, _) => null,
        (_, ModelTask.Binary) => new(spec, new[,] { { spec.TrueNegative ?? 0, spec.FalsePositive ?? 0 }, { spec.FalseNegative ?? 0, spec.TruePositive ?? 0 } }),
        (_, ModelTask.Multiclass) => new(spec, Matrix(spec.Matrix ?? new Dictionary<string, IReadOnlyDictionary<string, double>>(), classes)),
        _ => new(spec, new double[0, 0]),
    };

    /// <param name="label">The number of the true class; 1 for positive.</param>
    public double OfDecision(int label, int decision) => _ofDecision[label, decision];

    public double OfEstimate(double label, double estimate) => OfErrors(Math.Max(estimate - label, 0), Math.Max(label - estimate, 0), (estimate - label) * (estimate - label));

    /// <param name="over">By how much the estimate is too high.</param>
    /// <param name="under">By how much it is too low.</param>
    public double OfErrors(double over, double under, double square) => _prediction + (_over * over) + (_under * under) + (_square * square);

    /// <summary>The value of each row, by the model's own decision.</summary>
    /// <param name="scores">Row after row, as wide as the model's output.</param>
    public double[] OfRows(ModelTask task, float[] scores, float[] labels, double? threshold)
    {
        var width = labels.Length == 0 ? 1 : scores.Length / labels.Length;
        return [.. labels.Select((label, row) => task switch
        {
            ModelTask.Binary => OfDecision((int)label, scores[row] >= threshold ? 1 : 0),
            ModelTask.Multiclass => OfDecision((int)label, MulticlassScores.Decide(scores.AsSpan(row * width, width))),
            _ => OfEstimate(label, scores[row]),
        })];
    }

    private static double[,] Matrix(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> given, IReadOnlyList<string> classes)
    {
        var index = new CategoryIndex(classes, CategoryIndex.FormOf(classes));
        var matrix = new double[classes.Count, classes.Count];
        foreach (var (actual, row) in given)
            foreach (var (predicted, number) in row)
                matrix[Find(actual), Find(predicted)] = number;
        return matrix;

        int Find(string name) => index.Find(name) is >= 0 and var found
            ? found
            : throw new SlipwayException($"'value.matrix' in model.json names the class '{name}', which the target column does not have.{Suggestion.DidYouMean(name, classes)}");
    }
}
