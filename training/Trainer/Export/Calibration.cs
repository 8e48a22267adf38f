using Microsoft.ML.Calibrators;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>The last steps of every binary model: from the score to the probability.</summary>
internal static class Calibration
{
    public static TensorSchema Output { get; } = ModelSchema.OutputOf(ModelTask.Binary, classes: 2);

    public const string Score = "score";

    // ML.NET's Platt calibrator is 1 / (1 + exp(slope * score + offset)), that is sigmoid(-slope * score - offset)
    public static IReadOnlyList<OnnxNode> Nodes { get; } =
    [
        new("Mul", [Score, "calibration_slope"], "scaled"),
        new("Add", ["scaled", "calibration_offset"], "logit"),
        new("Sigmoid", ["logit"], Output.Name),
    ];

    public static IReadOnlyList<OnnxTensor> Constants(PlattCalibrator calibrator) =>
    [
        new("calibration_slope", [1], [(float)-calibrator.Slope]),
        new("calibration_offset", [1], [(float)-calibrator.Offset]),
    ];
}
