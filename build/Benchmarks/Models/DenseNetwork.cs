using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Slipway.Automation.Jobs;
using Slipway.Registry.Models;
using Slipway.Trainer.Export;

namespace Slipway.Benchmarks.Models;

/// <summary>
/// A network of two hidden layers, about 1 MB large, with random weights: what a request costs when the model is not compiled but run by ONNX Runtime. What it
/// predicts means nothing.
/// </summary>
public static class DenseNetwork
{
    private const int Hidden = 480, Seed = 11;

    /// <summary>The network for the features and the records of a model that was trained, to be registered as a version of it.</summary>
    public static ImportedModel For(GoldenSet golden)
    {
        var onnx = Write(golden.Inputs[0].Count);
        return new(onnx, JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["records"] = JsonSerializer.SerializeToNode(golden.Records),
            ["outputs"] = new JsonArray([.. Predict(onnx, golden.Inputs).Select(value => new JsonArray(value))]),
        }));
    }

    public static byte[] Write(int features)
    {
        var random = new Random(Seed);
        var output = ModelSchema.OutputOf(ModelTask.Binary, classes: 2);
        return OnnxWriter.Write(
            new(
                features, output,
                [
                    new("Gemm", [ModelSchema.InputName, "w1", "b1"], "z1"), new("Relu", ["z1"], "a1"),
                    new("Gemm", ["a1", "w2", "b2"], "z2"), new("Relu", ["z2"], "a2"),
                    new("Gemm", ["a2", "w3", "b3"], "z3"), new("Sigmoid", ["z3"], output.Name),
                ],
                [
                    Weights("w1", features, Hidden, random), Bias("b1", Hidden), Weights("w2", Hidden, Hidden, random), Bias("b2", Hidden), Weights("w3", Hidden, 1, random), Bias("b3", 1),
                ]),
            []);
    }

    // values of unscaled columns are in the hundreds: small weights keep the probabilities from being all 0 or 1
    private static OnnxTensor Weights(string name, int rows, int columns, Random random) =>
        new(name, [rows, columns], [.. Enumerable.Range(0, rows * columns).Select(_ => (float)((random.NextDouble() - 0.5) / rows))]);

    private static OnnxTensor Bias(string name, int columns) => new(name, [columns], new float[columns]);

    private static float[] Predict(byte[] onnx, IReadOnlyList<IReadOnlyList<float>> rows)
    {
        using var session = new InferenceSession(onnx);
        var input = new DenseTensor<float>(rows.SelectMany(row => row).ToArray(), [rows.Count, rows[0].Count]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(ModelSchema.InputName, input)]);
        return [.. results[0].AsEnumerable<float>()];
    }
}
