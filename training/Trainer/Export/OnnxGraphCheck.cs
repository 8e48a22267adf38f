using Slipway.Registry.Models;

namespace Slipway.Trainer.Export;

/// <summary>Checks a graph before ONNX Runtime sees it, with messages for whoever built it.</summary>
internal static class OnnxGraphCheck
{
    public static IEnumerable<string> Problems(OnnxGraph graph, int features, TensorSchema output)
    {
        if (graph.FeatureCount != features)
            yield return $"it expects {graph.FeatureCount} features, but the rows have {features}.";
        if (graph.Output?.Name != output.Name || graph.Output.Width != output.Width)
            yield return $"its output is {graph.Output?.Name} of width {graph.Output?.Width}, but this task needs {output.Name} of width {output.Width}.";
        foreach (var constant in graph.Constants)
            if (Problem(constant) is { } problem)
                yield return $"the constant '{constant.Name}' {problem}";

        // an omitted optional input has an empty name
        var known = new HashSet<string>(StringComparer.Ordinal) { ModelSchema.InputName, "" };
        foreach (var name in graph.Constants.Select(constant => constant.Name).Where(name => !known.Add(name)))
            yield return $"there are two tensors named '{name}'.";
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs.Where(input => !known.Contains(input)))
                yield return $"{node.Operator} reads '{input}', which is neither '{ModelSchema.InputName}', nor a constant, nor the output of a node before it.";
            if (!known.Add(node.Output))
                yield return $"there are two tensors named '{node.Output}'.";
        }

        if (!graph.Nodes.Any(node => node.Output == output.Name))
            yield return $"no node writes '{output.Name}'.";
    }

    private static string? Problem(OnnxTensor tensor)
    {
        var size = tensor.Shape.Aggregate(1L, (product, length) => product * length);
        if (size != tensor.Values.Length)
            return $"has {tensor.Values.Length} values, but the shape [{string.Join(", ", tensor.Shape)}] requires {size}.";
        var bad = Array.FindIndex(tensor.Values, value => !float.IsFinite(value));
        return bad < 0 ? null : $"contains {tensor.Values[bad]} at position {bad}: weights must be finite numbers.";
    }
}
