using Microsoft.ML.Calibrators;
using Slipway.Registry.Models;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Export;

/// <summary>The last steps of a model: from the raw scores [N, K] of trees or linear models to the output of the task.</summary>
internal sealed record ScoreLink(TensorSchema Output, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Constants)
{
    public const string Score = "score";

    /// <summary>ML.NET's Platt calibrator is 1 / (1 + exp(slope * score + offset)), that is sigmoid(-slope * score - offset).</summary>
    public static ScoreLink Calibrated(PlattCalibrator calibrator)
    {
        var output = ModelSchema.OutputOf(ModelTask.Binary, classes: 2);
        return new(output, [.. ToLogits, new("Sigmoid", ["logit"], output.Name)], Calibration([calibrator]));
    }

    public static ScoreLink Softmax(int classes)
    {
        var output = ModelSchema.OutputOf(ModelTask.Multiclass, classes);
        return new(output, [SoftmaxOf(Score, output)], []);
    }

    /// <summary>
    /// One calibrated score per class, normalized to a sum of 1. The quotient is computed as the softmax of logarithms: if no class is likely,
    /// a quotient of sigmoids would divide numbers that a float rounds to zero.
    /// </summary>
    public static ScoreLink OneVersusAll(IReadOnlyList<PlattCalibrator> calibrators)
    {
        var output = ModelSchema.OutputOf(ModelTask.Multiclass, calibrators.Count);
        return new(
            output,
            [
                .. ToLogits,
                // the logarithm of sigmoid(x) is -softplus(-x)
                new("Neg", ["logit"], "odds_against"),
                new("Softplus", ["odds_against"], "unlikeliness"),
                new("Neg", ["unlikeliness"], "log_probability"),
                SoftmaxOf("log_probability", output),
            ],
            Calibration(calibrators));
    }

    public static ScoreLink Value(LabelScale scale)
    {
        var output = ModelSchema.OutputOf(ModelTask.Regression, classes: 0);
        return new(
            output,
            [new("Mul", [Score, "label_deviation"], "spread"), new("Add", ["spread", "label_mean"], output.Name)],
            [new("label_deviation", [1], [(float)scale.Deviation]), new("label_mean", [1], [(float)scale.Mean])]);
    }

    private static IReadOnlyList<OnnxNode> ToLogits { get; } =
    [
        new("Mul", [Score, "calibration_slope"], "scaled"),
        new("Add", ["scaled", "calibration_offset"], "logit"),
    ];

    private static IReadOnlyList<OnnxTensor> Calibration(IReadOnlyList<PlattCalibrator> calibrators) =>
    [
        new("calibration_slope", [calibrators.Count], [.. calibrators.Select(calibrator => (float)-calibrator.Slope)]),
        new("calibration_offset", [calibrators.Count], [.. calibrators.Select(calibrator => (float)-calibrator.Offset)]),
    ];

    private static OnnxNode SoftmaxOf(string input, TensorSchema output) =>
        new("Softmax", [input], output.Name, Attributes: [new OnnxAttribute.Number("axis", 1)]);
}
