using Microsoft.ML.Trainers.FastTree;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Trainers.FastTree;

/// <summary>Gradient boosted trees with ML.NET itself, which run wherever .NET does: what the tasks have in common.</summary>
[TrainerName(TrainerNames.FastTree)]
public abstract class FastTreeTrainer : IBuiltInTrainer
{
    public abstract ModelTask Task { get; }

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } =
    [
        new("numberOfTrees", 100, 1, 10_000, IsInteger: true),
        new("numberOfLeaves", 20, 2, 4096, IsInteger: true),
        new("learningRate", 0.2, 1e-4, 1),
        new("minimumExampleCountPerLeaf", 10, 1, 1_000_000, IsInteger: true),
        new("maximumBinCountPerFeature", 255, 2, 65_535, IsInteger: true),
        new("featureFraction", 1, 0.01, 1),
    ];

    /// <summary>Overrides the number of threads.</summary>
    internal int? FixedThreads { get; init; }

    // measured: a column of doubles each while bins are created, then bins, gradients, scores and documents by leaf
    public virtual long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        size.Rows * ((size.Features * 24L) + 124L);

    public abstract ITrainedModel Fit(FitRequest request);

    private protected TOptions Options<TOptions>(FitRequest request)
        where TOptions : BoostedTreeOptions, new()
    {
        var values = request.Hyperparameters;
        return new()
        {
            FeatureColumnName = FeatureView.Features,
            LabelColumnName = FeatureView.Label,
            NumberOfTrees = values.GetInteger("numberOfTrees"),
            NumberOfLeaves = values.GetInteger("numberOfLeaves"),
            LearningRate = values["learningRate"],
            MinimumExampleCountPerLeaf = values.GetInteger("minimumExampleCountPerLeaf"),
            MaximumBinCountPerFeature = values.GetInteger("maximumBinCountPerFeature"),
            FeatureFraction = values["featureFraction"],
            Seed = request.Seed,
            FeatureSelectionSeed = request.Seed,
            NumberOfThreads = FixedThreads ?? FitThreads.For(request.Rows),
        };
    }
}
