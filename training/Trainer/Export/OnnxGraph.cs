namespace Slipway.Trainer;

/// <summary>
/// A model as a graph of ONNX operators: <c>features</c> float [N, <paramref name="FeatureCount"/>] in, <c>probability</c> float [N, 1] out.
/// </summary>
public sealed record OnnxGraph(int FeatureCount, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Constants)
{
    public const string Output = "probability";
}

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
