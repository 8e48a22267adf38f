using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;
using Slipway.Registry;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Trainers.LightGbm;

/// <summary>Gradient boosted trees with LightGBM's native library: what the tasks have in common.</summary>
[TrainerName(TrainerNames.LightGbm)]
public abstract class LightGbmTrainer<TOptions, TAnswer, TTransformer, TModel> : IBuiltInTrainer
    where TOptions : LightGbmTrainerBase<TOptions, TAnswer, TTransformer, TModel>.OptionsBase, new()
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly string? _problem;

    /// <param name="problem">Why the native library cannot be loaded; null if it can.</param>
    private protected LightGbmTrainer(string? problem) => _problem = problem;

    public abstract ModelTask Task { get; }

    public virtual IReadOnlyList<Hyperparameter> Hyperparameters { get; } =
    [
        new("numberOfIterations", 100, 1, 10_000, IsInteger: true),
        new("numberOfLeaves", 31, 2, 4096, IsInteger: true),
        new("learningRate", 0.1, 1e-4, 1),
        new("minimumExampleCountPerLeaf", 20, 1, 1_000_000, IsInteger: true),
        new("maximumBinCountPerFeature", 255, 2, 65_535, IsInteger: true),
        new("maximumTreeDepth", 0, 0, 1000, IsInteger: true), // 0: no limit
        new("featureFraction", 1, 0.01, 1),
        new("subsampleFraction", 1, 0.01, 1),
        new("subsampleFrequency", 0, 0, 1000, IsInteger: true),
        new("l1Regularization", 0, 0, 1e6),
        new("l2Regularization", 0.01, 0, 1e6),
        new("minimumSplitGain", 0, 0, 1e6),
    ];

    /// <summary>Overrides the number of threads.</summary>
    internal int? FixedThreads { get; init; }

    // measured: bins of one byte, gradients and scores per row, and the sample of up to 200,000 rows that bins are created from
    public virtual long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        (size.Rows * (size.Features + 100L)) + (Math.Min(size.Rows, 200_000) * size.Features * 24L);

    public ITrainedModel Fit(FitRequest request) => _problem is null
        ? Grow(request, Options(request))
        : throw new SlipwayException(
            $"{_problem.TrimEnd('.')}. To train here, set 'trainer' in model.json to {TrainerNames.BoostedTrees}, which uses {TrainerNames.FastTree} if LightGBM cannot be loaded.");

    private ITrainedModel Grow(FitRequest request, TOptions options)
    {
        try
        {
            return Learn(request, options);
        }
        catch (ArgumentNullException e) when (e.ParamName == "items")
        {
            // ML.NET cannot parse what LightGBM writes if no tree has a split and the initial prediction is zero
            throw new SlipwayException(
                $"LightGBM found nothing that distinguishes the {request.Rows.Count} training rows. " +
                "Check the features; with few rows, lower minimumExampleCountPerLeaf, or use the linear trainer.", e);
        }
    }

    private protected abstract ITrainedModel Learn(FitRequest request, TOptions options);

    private TOptions Options(FitRequest request)
    {
        var values = request.Hyperparameters;
        return new()
        {
            FeatureColumnName = FeatureView.Features,
            LabelColumnName = FeatureView.Label,
            NumberOfIterations = values.GetInteger("numberOfIterations"),
            NumberOfLeaves = values.GetInteger("numberOfLeaves"),
            LearningRate = values["learningRate"],
            MinimumExampleCountPerLeaf = values.GetInteger("minimumExampleCountPerLeaf"),
            MaximumBinCountPerFeature = values.GetInteger("maximumBinCountPerFeature"),
            Booster = new GradientBooster.Options
            {
                MaximumTreeDepth = values.GetInteger("maximumTreeDepth"),
                FeatureFraction = values["featureFraction"],
                SubsampleFraction = values["subsampleFraction"],
                SubsampleFrequency = values.GetInteger("subsampleFrequency"),
                L1Regularization = values["l1Regularization"],
                L2Regularization = values["l2Regularization"],
                MinimumSplitGain = values["minimumSplitGain"],
            },
            // The row-wise layout sums histograms by thread, and by default the faster layout is chosen by timing:
            // only the column-wise layout gives the same trees for any number of cores.
            Deterministic = true,
            ForceColumnWise = true,
            NumberOfThreads = FixedThreads ?? FitThreads.For(request.Rows),
            Seed = request.Seed,
            Verbose = false,
        };
    }
}
