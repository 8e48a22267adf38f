using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.Linear;

/// <summary>
/// Ridge regression on normalized features, solved exactly: no step size, no number of iterations, the same result everywhere.
/// ML.NET's own linear regressions take random steps (Sdca, OnlineGradientDescent) or need a library from one vendor (Ols).
/// </summary>
[TrainerName(TrainerNames.Linear)]
public sealed class LinearRegression : IBuiltInTrainer
{
    public ModelTask Task => ModelTask.Regression;

    /// <summary>
    /// The penalty relative to the variance of a feature: 0.001 costs a tenth of a percent of a weight and keeps correlated features,
    /// such as one-hot columns, from counteracting each other.
    /// </summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } = [new("l2Regularization", 1e-3, 1e-9, 1e6)];

    // the matrix of the features and its factor
    public long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        (2L * size.Features * size.Features * sizeof(double)) + (size.Features * 64L);

    public ITrainedModel Fit(FitRequest request)
    {
        var label = LabelScale.Of(request.Rows);
        var features = FeatureScale.Of(request.Rows);
        var equations = new NormalEquations(request.Rows.Width);
        var row = new double[request.Rows.Width];
        for (var i = 0; i < request.Rows.Count; i++)
        {
            features.Normalize(request.Rows.Row(i), row);
            equations.Add(row, label.Normalize(request.Rows.Labels[i]));
        }

        return new Model(features, equations.Solve(request.Hyperparameters["l2Regularization"]), label);
    }

    private sealed class Model(FeatureScale features, LineFit line, LabelScale label) : ITrainedModel
    {
        public OnnxGraph ToOnnx() => LinearExporter.Export(
            features.Offset, features.Scale, [.. line.Weights.Select(weight => (float)weight)], [(float)line.Bias], ScoreLink.Value(label));

        /// <summary>In double precision: the reference for the floats of the export.</summary>
        public float[] Predict(EncodedRows rows)
        {
            var answers = new float[rows.Count];
            var row = new double[rows.Width];
            for (var i = 0; i < rows.Count; i++)
            {
                features.Normalize(rows.Row(i), row);
                var score = line.Bias;
                for (var j = 0; j < row.Length; j++)
                    score += line.Weights[j] * row[j];
                answers[i] = (float)((score * label.Deviation) + label.Mean);
            }

            return answers;
        }
    }
}
