using Slipway.Inference.Evaluators.Onnx;
using Slipway.Registry.Models;

namespace Slipway.Inference.Evaluators;

/// <summary>
/// A model that needs no ONNX Runtime: trees or a linear model, and the operators from its scores to its output. What our exporter writes, and whatever else is as
/// simple. Thread-safe.
/// </summary>
public sealed class CompiledModel
{
    private readonly ScoreStep _scores;
    private readonly LinkStep[] _link;

    private CompiledModel(ScoreStep scores, LinkStep[] link) => (_scores, _link) = (scores, link);

    /// <summary>What it takes in memory.</summary>
    public long Bytes => _scores.Bytes + _link.Sum(step => step.Values.Length * (long)sizeof(float));

    public ScoreStep Scores => _scores;

    /// <param name="output">The name of the output, and how many values it has for a row.</param>
    /// <exception cref="NotCompiledException">ONNX Runtime has to evaluate it.</exception>
    /// <exception cref="Registry.Artifacts.InvalidArtifactException">The file is damaged.</exception>
    public static CompiledModel Of(ReadOnlySpan<byte> onnx, int features, (string Name, int Width) output)
    {
        var chain = new OperatorChain(OperatorGraph.Read(onnx), ModelSchema.InputName, output.Name);
        var scores = ScoresOf(chain, features);
        if (scores.Width != output.Width)
            throw new NotCompiledException($"its scores have another width than its output '{output.Name}'");
        var link = new List<LinkStep>();
        while (chain.Next() is { } step)
            if (step.Type != "Identity")
                link.Add(LinkOf(chain, step, output.Width));
        return new(scores, [.. link]);
    }

    /// <param name="inputs">[rows, F], row-major; at least one row.</param>
    /// <param name="outputs">[rows, outputs], row-major.</param>
    public void Run(ReadOnlySpan<float> inputs, Span<float> outputs, int rows)
    {
        _scores.Run(inputs, outputs, rows);
        foreach (var step in _link)
            step.Run(outputs, _scores.Width);
    }

    private static ScoreStep ScoresOf(OperatorChain chain, int features)
    {
        float[]? offset = null, scale = null;
        while (chain.Next() is { } step)
            switch (step.Type)
            {
                case "Identity":
                    break;
                case "TreeEnsembleRegressor" when step.Domain == OperatorChain.MachineLearning && offset is null && scale is null:
                    return new TreeCompiler(new(step), features).Compile();
                case "Sub" when offset is null && scale is null:
                    offset = chain.Vector(step, features);
                    break;
                case "Mul" when scale is null:
                    scale = chain.Vector(step, features);
                    break;
                case "Gemm" when step.Inputs.Count == 3 && HasDefaults(step):
                    var (weights, width) = chain.Matrix(step, features);
                    return new LinearScores(offset, scale, weights, chain.Vector(step, width, input: 2));
                case "MatMul":
                    (weights, width) = chain.Matrix(step, features);
                    return new LinearScores(offset, scale, weights, new float[width]);
                default:
                    throw OperatorChain.NotSupported(step);
            }

        throw new NotCompiledException("it has neither trees nor weights");
    }

    private static bool HasDefaults(GraphOperator gemm) => gemm.Attributes.Values.All(attribute => attribute.Name switch
    {
        "alpha" or "beta" => attribute.FloatValue == 1,
        "transA" or "transB" => attribute.Number == 0,
        _ => false,
    });

    private static LinkStep LinkOf(OperatorChain chain, GraphOperator step, int width) => step.Type switch
    {
        "Add" => new(LinkOperation.Add, chain.Vector(step, width)),
        "Sub" => new(LinkOperation.Sub, chain.Vector(step, width)),
        "Mul" => new(LinkOperation.Mul, chain.Vector(step, width)),
        "Neg" => new(LinkOperation.Neg, []),
        "Sigmoid" => new(LinkOperation.Sigmoid, []),
        "Softplus" => new(LinkOperation.Softplus, []),
        "Softmax" when step.Attributes.Values.All(attribute => attribute is { Name: "axis", Number: 1 or -1 }) => new(LinkOperation.Softmax, []),
        _ => throw OperatorChain.NotSupported(step),
    };
}
