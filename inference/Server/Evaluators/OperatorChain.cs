using Slipway.Inference.Evaluators.Onnx;

namespace Slipway.Inference.Evaluators;

/// <summary>Operators each of which reads the output of the one before it, and constants.</summary>
public sealed class OperatorChain
{
    public const string MachineLearning = "ai.onnx.ml";

    private readonly OperatorGraph _graph;
    private int _next;

    /// <exception cref="NotCompiledException">The graph is not such a chain.</exception>
    public OperatorChain(OperatorGraph graph, string input, string output)
    {
        _graph = graph;
        var current = input;
        foreach (var step in graph.Operators)
        {
            if (step.Inputs.Count == 0 || step.Inputs[0] != current || step.Outputs.Count != 1 || !(step.Domain.Length == 0 || (step.Domain == MachineLearning && step.Type.StartsWith("Tree", StringComparison.Ordinal))))
                throw NotSupported(step);
            current = step.Outputs[0];
        }

        if (current != output)
            throw new NotCompiledException($"its last operator does not write '{output}'");
    }

    public GraphOperator? Next() => _next < _graph.Operators.Count ? _graph.Operators[_next++] : null;

    /// <summary>A constant of a value for each of <paramref name="width"/> columns; one that is for all of them is repeated.</summary>
    public float[] Vector(GraphOperator step, int width, int input = 1)
    {
        var constant = Constant(step, input);
        var isRow = constant.Shape.Length <= 2 && (constant.Shape.Length < 2 || constant.Shape[0] == 1);
        if (!isRow || !(constant.Values.Length == width || constant.Values.Length == 1) || constant.Shape.Aggregate(1L, (size, length) => size * length) != constant.Values.Length)
            throw NotSupported(step);
        if (constant.Values.Length == width)
            return constant.Values;
        var repeated = new float[width];
        Array.Fill(repeated, constant.Values[0]);
        return repeated;
    }

    /// <summary>A constant [F, K].</summary>
    public (float[] Values, int Width) Matrix(GraphOperator step, int features)
    {
        var constant = Constant(step, 1);
        return constant.Shape is [var rows, > 0 and var width] && rows == features && rows * width == constant.Values.Length ? (constant.Values, (int)width) : throw NotSupported(step);
    }

    public static NotCompiledException NotSupported(GraphOperator step) => new($"it has an operator '{step.Type}' in a place where only ONNX Runtime evaluates it");

    private GraphConstant Constant(GraphOperator step, int input) =>
        step.Inputs.Count > input && _graph.Constant(step.Inputs[input]) is { Values.Length: > 0 } constant ? constant : throw NotSupported(step);
}
