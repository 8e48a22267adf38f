using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>Logistic regression on normalized features: the choice for few rows, and for answers that a person can follow.</summary>
public sealed class LinearTrainer : IModelTrainer
{
    public string Name => TrainerNames.Linear;

    public ModelTask Task => ModelTask.Binary;

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } =
    [
        new("l1Regularization", 1, 0, 1e6),
        new("l2Regularization", 1, 0, 1e6),
        new("optimizationTolerance", 1e-7, 1e-12, 1),
        new("historySize", 20, 1, 1000, Whole: true),
        new("maximumNumberOfIterations", 1000, 1, 1_000_000, Whole: true),
    ];

    // measured: the rows are streamed; little is kept beside them
    public long EstimateBytes(long rows, int features, HyperparameterSet hyperparameters) =>
        (rows * ((features * 8L) + 64L)) + (hyperparameters.Whole("historySize") * features * 16L);

    public ITrainedModel Fit(FitRequest request)
    {
        var (rows, hyperparameters, seed) = (request.Rows, request.Hyperparameters, request.Seed);
        var ml = new MLContext(seed);
        var normalized = ml.Transforms.NormalizeMeanVariance(
            FeatureView.Features, maximumExampleCount: long.MaxValue, fixZero: false, useCdf: false);
        var model = normalized.Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(Options(hyperparameters)))
            .Fit(FeatureView.Of(ml, rows));
        return new LinearModel(ml, model);
    }

    private static LbfgsLogisticRegressionBinaryTrainer.Options Options(HyperparameterSet values) => new()
    {
        FeatureColumnName = FeatureView.Features,
        LabelColumnName = FeatureView.Label,
        L1Regularization = (float)values["l1Regularization"],
        L2Regularization = (float)values["l2Regularization"],
        OptimizationTolerance = (float)values["optimizationTolerance"],
        HistorySize = values.Whole("historySize"),
        MaximumNumberOfIterations = values.Whole("maximumNumberOfIterations"),
        NumberOfThreads = 1, // several threads add up parts of the gradient, in an order that depends on their number
    };

    private sealed class LinearModel(
        MLContext ml,
        TransformerChain<BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>> model) : ITrainedModel
    {
        public OnnxGraph ToOnnx()
        {
            var normalizer = (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)
                model.OfType<NormalizingTransformer>().Single().GetNormalizerModelParameters(0);
            var calibrated = model.LastTransformer.Model;
            float[] weights = [.. calibrated.SubModel.Weights];
            return LinearExporter.Export(
                normalizer.Offset.IsDefaultOrEmpty ? new float[weights.Length] : [.. normalizer.Offset],
                [.. normalizer.Scale],
                weights,
                calibrated.SubModel.Bias,
                calibrated.Calibrator);
        }

        public float[] Predict(EncodedRows rows) => FeatureView.Probabilities(model, ml, rows);
    }
}
