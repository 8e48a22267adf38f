using Slipway.Registry.Models;

namespace Slipway.Trainer.Export;

/// <summary>
/// A model as a graph of ONNX operators, from operator set 17 (https://onnx.ai/onnx/operators/) and 3 of <see cref="OnnxNode.MachineLearning"/>.
/// The input is the float tensor <c>features</c> [N, F], named <see cref="ModelSchema.InputName"/>, for any number of rows N.
/// </summary>
/// <param name="FeatureCount">F, the width of the training rows.</param>
/// <param name="Output">See <see cref="ModelSchema.OutputOf"/>; one of the nodes writes it.</param>
/// <param name="Nodes">Each after those whose outputs it reads.</param>
/// <param name="Constants">Weights and everything else that was trained.</param>
public sealed record OnnxGraph(int FeatureCount, TensorSchema Output, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Constants);

/// <summary>One operator with one output.</summary>
/// <param name="Operator">Such as <c>Gemm</c>.</param>
/// <param name="Inputs">Names of tensors, in the order that the operator documents: <c>features</c>, constants, outputs of earlier nodes.</param>
/// <param name="Output">A name that no other tensor has.</param>
/// <param name="Domain">Empty for ONNX's own operators.</param>
public sealed record OnnxNode(
    string Operator,
    IReadOnlyList<string> Inputs,
    string Output,
    string Domain = "",
    IReadOnlyList<OnnxAttribute>? Attributes = null)
{
    /// <summary>The domain of the operators for classical models.</summary>
    public const string MachineLearning = "ai.onnx.ml";
}

/// <summary>An attribute of an operator, by its documented name.</summary>
public abstract record OnnxAttribute(string Name)
{
    public sealed record Number(string Name, long Value) : OnnxAttribute(Name);

    public sealed record Text(string Name, string Value) : OnnxAttribute(Name);

    public sealed record Numbers(string Name, IReadOnlyList<long> Values) : OnnxAttribute(Name);

    public sealed record Floats(string Name, IReadOnlyList<float> Values) : OnnxAttribute(Name);

    public sealed record Texts(string Name, IReadOnlyList<string> Values) : OnnxAttribute(Name);
}

/// <summary>A constant of floats.</summary>
/// <param name="Shape">The length of each dimension, such as [F, K].</param>
/// <param name="Values">As many as the shape requires, the last dimension varying fastest.</param>
public sealed record OnnxTensor(string Name, IReadOnlyList<long> Shape, float[] Values)
{
    /// <summary>Shape [n].</summary>
    public static OnnxTensor Vector(string name, IReadOnlyList<double> values) =>
        new(name, [values.Count], [.. values.Select(value => (float)value)]);

    /// <summary>Shape [rows, columns].</summary>
    public static OnnxTensor Matrix(string name, double[,] values) =>
        new(name, [values.GetLength(0), values.GetLength(1)], [.. values.Cast<double>().Select(value => (float)value)]);
}
