using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>Gradient boosted trees by ML.NET itself: runs wherever .NET does.</summary>
public sealed class FastTreeTrainer : IModelTrainer
{
    public string Name => TrainerNames.FastTree;

    public ModelTask Task => ModelTask.Binary;

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } =
    [
        new("numberOfTrees", 100, 1, 10_000, Whole: true),
        new("numberOfLeaves", 20, 2, 4096, Whole: true),
        new("learningRate", 0.2, 1e-4, 1),
        new("minimumExampleCountPerLeaf", 10, 1, 1_000_000, Whole: true),
        new("maximumBinCountPerFeature", 255, 2, 65_535, Whole: true),
        new("featureFraction", 1, 0.01, 1),
    ];

    // measured: a column of doubles each while bins are made, then bins, gradients, scores and documents by leaf
    public long EstimateBytes(long rows, int features, HyperparameterSet hyperparameters) =>
        rows * ((features * 24L) + 124L);

    public ITrainedModel Fit(FitRequest request)
    {
        var (rows, hyperparameters, seed) = (request.Rows, request.Hyperparameters, request.Seed);
        var ml = new MLContext(seed);
        var model = ml.BinaryClassification.Trainers.FastTree(Options(hyperparameters, seed)).Fit(FeatureView.Of(ml, rows));
        var calibrated = (CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>)model.Model;
        return new TreeModel(ml, model, calibrated.SubModel.TrainedTreeEnsemble, calibrated.Calibrator, rows.Width);
    }

    private static FastTreeBinaryTrainer.Options Options(HyperparameterSet values, int seed) => new()
    {
        FeatureColumnName = FeatureView.Features,
        LabelColumnName = FeatureView.Label,
        NumberOfTrees = values.Whole("numberOfTrees"),
        NumberOfLeaves = values.Whole("numberOfLeaves"),
        LearningRate = values["learningRate"],
        MinimumExampleCountPerLeaf = values.Whole("minimumExampleCountPerLeaf"),
        MaximumBinCountPerFeature = values.Whole("maximumBinCountPerFeature"),
        FeatureFraction = values["featureFraction"],
        Seed = seed,
        FeatureSelectionSeed = seed,
    };
}
