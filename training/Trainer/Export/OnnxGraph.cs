using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>
/// A model as a graph of ONNX operators: <c>features</c> float [N, <paramref name="FeatureCount"/>] in.
/// </summary>
/// <param name="Output">As <see cref="ModelSchema.OutputOf"/> says; one of the nodes writes it.</param>
public sealed record OnnxGraph(int FeatureCount, TensorSchema Output, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Constants);

/// <param name="Domain">Empty for ONNX's own operators.</param>
public sealed record OnnxNode(
    string Operator,
    IReadOnlyList<string> Inputs,
    string Output,
    string Domain = "",
    IReadOnlyList<OnnxAttribute>? Attributes = null)
{
    /// <summary>The domain of the classical models' operators.</summary>
    public const string MachineLearning = "ai.onnx.ml";
}

public abstract record OnnxAttribute(string Name)
{
    public sealed record Number(string Name, long Value) : OnnxAttribute(Name);

    public sealed record Text(string Name, string Value) : OnnxAttribute(Name);

    public sealed record Numbers(string Name, IReadOnlyList<long> Values) : OnnxAttribute(Name);

    public sealed record Floats(string Name, IReadOnlyList<float> Values) : OnnxAttribute(Name);

    public sealed record Texts(string Name, IReadOnlyList<string> Values) : OnnxAttribute(Name);
}

public sealed record OnnxTensor(string Name, IReadOnlyList<long> Shape, float[] Values);
