using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.LightGbm;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>Gradient boosted trees by LightGBM's native library.</summary>
public sealed class LightGbmTrainer : IModelTrainer
{
    private const int ValuesWorthThreads = 1_000_000;

    private readonly Func<bool> _isInstalled;

    public LightGbmTrainer() : this(IsInstalled) { }

    /// <param name="isInstalled">Whether the native library can be loaded.</param>
    internal LightGbmTrainer(Func<bool> isInstalled) => _isInstalled = isInstalled;

    public string Name => TrainerNames.LightGbm;

    public ModelTask Task => ModelTask.Binary;

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } =
    [
        new("numberOfIterations", 100, 1, 10_000, Whole: true),
        new("numberOfLeaves", 31, 2, 4096, Whole: true),
        new("learningRate", 0.1, 1e-4, 1),
        new("minimumExampleCountPerLeaf", 20, 1, 1_000_000, Whole: true),
        new("maximumBinCountPerFeature", 255, 2, 65_535, Whole: true),
        new("maximumTreeDepth", 0, 0, 1000, Whole: true), // 0: no limit
        new("featureFraction", 1, 0.01, 1),
        new("subsampleFraction", 1, 0.01, 1),
        new("subsampleFrequency", 0, 0, 1000, Whole: true),
        new("l1Regularization", 0, 0, 1e6),
        new("l2Regularization", 0.01, 0, 1e6),
        new("minimumSplitGain", 0, 0, 1e6),
        new("weightOfPositiveExamples", 1, 1e-3, 1e3),
    ];

    // measured: bins of one byte, gradients and scores a row, and the sample of up to 200,000 rows that bins are made from
    public long EstimateBytes(long rows, int features, HyperparameterSet hyperparameters) =>
        (rows * (features + 100L)) + (Math.Min(rows, 200_000) * features * 24L);

    public ITrainedModel Fit(FitRequest request)
    {
        var (rows, hyperparameters, seed) = (request.Rows, request.Hyperparameters, request.Seed);
        if (!_isInstalled())
            throw new SlipwayException(
                $"LightGBM has no native library for this platform ({RuntimeInformation.RuntimeIdentifier}), or what it needs (libgomp) is missing. " +
                "Set 'trainer' in model.json to FastTree or linear, or train on x64.");

        var ml = new MLContext(seed);
        var model = ml.BinaryClassification.Trainers.LightGbm(Options(hyperparameters, seed, Threads(rows))).Fit(FeatureView.Of(ml, rows));
        var calibrated = (CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>)model.Model;
        return new TreeModel(ml, model, calibrated.SubModel.TrainedTreeEnsemble, calibrated.Calibrator, rows.Width);
    }

    // OpenMP's threads wait for each other by spinning. On few rows that is most of what they do, and on a busy machine it turns
    // a fifth of a second into several; the trees are the same for any number.
    private static int? Threads(EncodedRows rows) => rows.Values.Length < ValuesWorthThreads ? 1 : null;

    private static LightGbmBinaryTrainer.Options Options(HyperparameterSet values, int seed, int? threads) => new()
    {
        FeatureColumnName = FeatureView.Features,
        LabelColumnName = FeatureView.Label,
        NumberOfIterations = values.Whole("numberOfIterations"),
        NumberOfLeaves = values.Whole("numberOfLeaves"),
        LearningRate = values["learningRate"],
        MinimumExampleCountPerLeaf = values.Whole("minimumExampleCountPerLeaf"),
        MaximumBinCountPerFeature = values.Whole("maximumBinCountPerFeature"),
        WeightOfPositiveExamples = values["weightOfPositiveExamples"],
        Booster = new GradientBooster.Options
        {
            MaximumTreeDepth = values.Whole("maximumTreeDepth"),
            FeatureFraction = values["featureFraction"],
            SubsampleFraction = values["subsampleFraction"],
            SubsampleFrequency = values.Whole("subsampleFrequency"),
            L1Regularization = values["l1Regularization"],
            L2Regularization = values["l2Regularization"],
            MinimumSplitGain = values["minimumSplitGain"],
        },
        // The row-wise layout sums histograms by thread, and by default the faster layout is found by a stop-watch:
        // only the column-wise one gives the same trees for any number of cores.
        Deterministic = true,
        ForceColumnWise = true,
        NumberOfThreads = threads,
        Seed = seed,
        Verbose = false,
    };

    private static bool IsInstalled() =>
        NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmBinaryTrainer).Assembly, searchPath: null, out _);
}
