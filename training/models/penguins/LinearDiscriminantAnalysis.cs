using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.Linear;

namespace Slipway.Models.Penguins;

/// <summary>
/// Linear discriminant analysis (R. A. Fisher, "The use of multiple measurements in taxonomic problems", 1936): each class is a cloud of points
/// around its own mean, all clouds have the same shape, and Bayes' rule gives the probability of each for a new point. Designed for body measurements such as these.
///
/// It is also an example of a custom trainer. This class is all that is needed: model.json contains "trainer": "LinearDiscriminantAnalysis".
/// Categories, missing values, split, metrics, gates and serving come from Slipway; the trainer receives numbers and returns a graph.
/// </summary>
public sealed class LinearDiscriminantAnalysis : IModelTrainer
{
    public ModelTask Task => ModelTask.Multiclass;

    // name, default, minimum, maximum: anything else under "hyperparameters" in model.json is rejected
    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } = [new("shrinkage", 0.1, 0, 1)];

    public ITrainedModel Fit(FitRequest request)
    {
        var rows = request.Rows; // [N, F], without missing values: rows.Row(i) is one row, rows.Labels[i] the index of its class
        var center = Mean(rows, Enumerable.Range(0, rows.Count));
        var classes = Enumerable.Range(0, request.Classes.Count)
            .Select(k => Enumerable.Range(0, rows.Count).Where(i => rows.Labels[i] == k).ToList()).ToList();
        var means = classes.Select(members => Mean(rows, members)).ToList();

        // within * weight = mean gives the linear function of each class; solving that is faster and more precise than the inverse of within
        var within = new Cholesky(SharedCovariance(rows, center, means, request.Hyperparameters["shrinkage"]));
        var weights = new double[rows.Width, classes.Count];
        var biases = new double[classes.Count];
        for (var k = 0; k < classes.Count; k++)
        {
            double[] mean = [.. means[k].Zip(center, (value, middle) => value - middle)];
            var line = within.Solve(mean);
            for (var j = 0; j < line.Length; j++)
                weights[j, k] = line[j];
            biases[k] = Math.Log((double)classes[k].Count / rows.Count) - (line.Zip(mean, (weight, value) => weight * value).Sum() / 2);
        }

        return new Model(center, weights, biases);
    }

    private static double[] Mean(EncodedRows rows, IEnumerable<int> members)
    {
        var (sums, count) = (new double[rows.Width], 0);
        foreach (var i in members)
        {
            for (var j = 0; j < sums.Length; j++)
                sums[j] += rows.Row(i)[j];
            count++;
        }

        return [.. sums.Select(sum => sum / count)];
    }

    /// <summary>
    /// The covariance of the features within their class, mixed with the variance of each alone: correlated columns, such as one-hot
    /// categories, have no unique solution without the mixing.
    /// </summary>
    private static double[,] SharedCovariance(EncodedRows rows, double[] center, List<double[]> means, double shrinkage)
    {
        var covariance = new double[rows.Width, rows.Width];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows.Row(i);
            var mean = means[(int)rows.Labels[i]];
            for (var j = 0; j < row.Length; j++)
            {
                for (var k = 0; k <= j; k++) // symmetric: the lower half is sufficient
                    covariance[j, k] += (1 - shrinkage) * (row[j] - mean[j]) * (row[k] - mean[k]) / rows.Count;
                covariance[j, j] += shrinkage * Math.Pow(row[j] - center[j], 2) / rows.Count;
            }
        }

        for (var j = 0; j < rows.Width; j++)
            if (covariance[j, j] == 0)
                covariance[j, j] = 1; // a constant column: any value will do, as its distance from the center is 0
        return covariance;
    }

    private sealed class Model(double[] center, double[,] weights, double[] biases) : ITrainedModel
    {
        // The model that will be served. ONNX Runtime computes with floats: grams minus their mean keep digits that grams alone would lose.
        public OnnxGraph ToOnnx() => new(
            center.Length,
            ModelSchema.OutputOf(ModelTask.Multiclass, biases.Length),
            [
                new("Sub", [ModelSchema.InputName, "center"], "centered"),
                new("Gemm", ["centered", "weights", "biases"], "scores"),
                new("Softmax", ["scores"], "probabilities", Attributes: [new OnnxAttribute.Number("axis", 1)]),
            ],
            [OnnxTensor.Vector("center", center), OnnxTensor.Matrix("weights", weights), OnnxTensor.Vector("biases", biases)]);

        // The reference: the same in doubles, without ONNX. Slipway compares the two on every row and publishes nothing if they differ.
        public float[] Predict(EncodedRows rows)
        {
            var answers = new List<float>(rows.Count * biases.Length); // class after class, row after row
            for (var i = 0; i < rows.Count; i++)
            {
                var scores = (double[])biases.Clone();
                for (var j = 0; j < center.Length; j++)
                    for (var k = 0; k < scores.Length; k++)
                        scores[k] += (rows.Row(i)[j] - center[j]) * weights[j, k];
                var largest = scores.Max(); // or Exp might overflow
                var sum = scores.Sum(score => Math.Exp(score - largest));
                answers.AddRange(scores.Select(score => (float)(Math.Exp(score - largest) / sum)));
            }

            return [.. answers];
        }
    }
}
