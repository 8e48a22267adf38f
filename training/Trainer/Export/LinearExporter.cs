using Microsoft.ML.Calibrators;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>Exports a linear model on normalized features.</summary>
internal static class LinearExporter
{
    // Folding the normalizer into the weights would save two operators and lose digits: with 300 K and a spread of 2 K
    // the bias would be the difference of large numbers. In these steps ONNX Runtime computes what ML.NET computes.
    public static OnnxGraph Export(float[] offset, float[] scale, float[] weights, float bias, PlattCalibrator calibrator) => new(
        weights.Length,
        Calibration.Output,
        [
            new("Sub", [ModelSchema.InputName, "offset"], "centered"),
            new("Mul", ["centered", "scale"], "normalized"),
            new("Gemm", ["normalized", "weights", "bias"], Calibration.Score),
            .. Calibration.Nodes,
        ],
        [
            new("offset", [weights.Length], offset),
            new("scale", [weights.Length], scale),
            new("weights", [weights.Length, 1], weights),
            new("bias", [1], [bias]),
            .. Calibration.Constants(calibrator),
        ]);
}
