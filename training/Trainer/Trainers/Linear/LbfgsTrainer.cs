using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Trainers.Linear;

/// <summary>Linear classification on normalized features, for few rows and for interpretable predictions: what the tasks have in common.</summary>
[TrainerName(TrainerNames.Linear)]
public abstract class LbfgsTrainer<TOptions, TTransformer, TModel> : IBuiltInTrainer
    where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public abstract ModelTask Task { get; }

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } =
    [
        new("l1Regularization", 1, 0, 1e6),
        new("l2Regularization", 1, 0, 1e6),
        new("optimizationTolerance", 1e-7, 1e-12, 1),
        new("historySize", 20, 1, 1000, IsInteger: true),
        new("maximumNumberOfIterations", 1000, 1, 1_000_000, IsInteger: true),
    ];

    // measured: the rows are streamed; little else is kept
    public long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        (size.Rows * ((size.Features * 8L) + 64L)) + (hyperparameters.GetInteger("historySize") * size.Features * size.OutputWidth * 16L);

    public abstract ITrainedModel Fit(FitRequest request);

    private protected static IEstimator<NormalizingTransformer> Normalizer(MLContext ml) =>
        ml.Transforms.NormalizeMeanVariance(FeatureView.Features, maximumExampleCount: long.MaxValue, fixZero: false, useCdf: false);

    private protected static TOptions Options(HyperparameterSet values) => new()
    {
        FeatureColumnName = FeatureView.Features,
        LabelColumnName = FeatureView.Label,
        L1Regularization = (float)values["l1Regularization"],
        L2Regularization = (float)values["l2Regularization"],
        OptimizationTolerance = (float)values["optimizationTolerance"],
        HistorySize = values.GetInteger("historySize"),
        MaximumNumberOfIterations = values.GetInteger("maximumNumberOfIterations"),
        NumberOfThreads = 1, // several threads sum parts of the gradient, in an order that depends on their number
    };

    private protected static (float[] Offset, float[] Scale) Normalization(NormalizingTransformer normalizer)
    {
        var parameters = (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)normalizer.GetNormalizerModelParameters(0);
        return (parameters.Offset.IsDefaultOrEmpty ? new float[parameters.Scale.Length] : [.. parameters.Offset], [.. parameters.Scale]);
    }
}
