using Slipway.Registry.Models;

namespace Slipway.Trainer.Export;

/// <summary>Exports linear models on normalized features: one per output value.</summary>
internal static class LinearExporter
{
    // Folding the normalizer into the weights would save two operators but lose digits: with 300 K and a deviation of 2 K,
    // the bias would be the difference of large numbers. In these steps, ONNX Runtime computes what ML.NET computes.
    /// <param name="weights">[F, K]: feature after feature, with one weight per output value.</param>
    /// <param name="biases">[K]</param>
    public static OnnxGraph Export(float[] offset, float[] scale, float[] weights, float[] biases, ScoreLink link) => new(
        offset.Length,
        link.Output,
        [
            new("Sub", [ModelSchema.InputName, "offset"], "centered"),
            new("Mul", ["centered", "scale"], "normalized"),
            new("Gemm", ["normalized", "weights", "bias"], ScoreLink.Score),
            .. link.Nodes,
        ],
        [
            new("offset", [offset.Length], offset),
            new("scale", [scale.Length], scale),
            new("weights", [offset.Length, biases.Length], weights),
            new("bias", [biases.Length], biases),
            .. link.Constants,
        ]);
}
