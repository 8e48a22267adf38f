using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Imported;

/// <summary>
/// Gives an imported ONNX model the input and output names that servers use, without touching its content: an Identity in front of it, and one operator after it
/// if its output has another shape. Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
/// </summary>
public static class OnnxAdapter
{
    private const int ProducerName = 2, ProducerVersion = 3, Graph = 7, OperatorSets = 8, Metadata = 14;
    private const int Nodes = 1, Initializers = 5, Inputs = 11, Outputs = 12;
    private const int OperatorSetWhereNoneIsNamed = 13;
    private const int Int64 = 7;

    /// <summary>The tool that wrote a file and its version, according to the file.</summary>
    public static string ProducerOf(byte[] onnx)
    {
        var model = new ProtobufField(0, onnx, onnx);
        return $"{model.Text(ProducerName)} {model.Text(ProducerVersion)}".Trim() is { Length: > 0 } producer ? producer : "unknown";
    }

    /// <param name="metadata">Added to the model's own.</param>
    public static byte[] Adapt(
        byte[] onnx, ImportedTensors tensors, int features, TensorSchema output, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var model = ProtobufField.AllOf(onnx);
        var adapted = new ProtobufMessage();
        foreach (var field in model.Where(field => field.Number != Graph && !IsOurs(field, metadata)))
            adapted.Add(field);
        // a pure tree model may import only the domain of classical models, which does not contain Identity
        if (!model.Any(field => field.Number == OperatorSets && field.Text(1).Length == 0))
            adapted.Add(OperatorSets, new ProtobufMessage().Add(1, "").Add(2, OperatorSetWhereNoneIsNamed));
        adapted.Add(Graph, AdaptGraph(model.Last(field => field.Number == Graph).Content, tensors, features, output));
        return adapted
            .AddEach(Metadata, metadata, entry => new ProtobufMessage().Add(1, entry.Key).Add(2, entry.Value))
            .ToArray();
    }

    private static ProtobufMessage AdaptGraph(ReadOnlyMemory<byte> graph, ImportedTensors tensors, int features, TensorSchema output)
    {
        var fields = ProtobufField.AllOf(graph);
        var adapted = new ProtobufMessage();
        if (tensors.Input != ModelSchema.InputName)
            adapted.Add(Nodes, Node("Identity", [ModelSchema.InputName], tensors.Input));
        foreach (var field in fields.Where(field => field.Number != Outputs && !(field.Number == Inputs && field.Text(1) == tensors.Input)))
            adapted.Add(field);
        AddOutput(adapted, tensors, output.Name);
        return adapted
            .Add(Inputs, OnnxWriter.Value(ModelSchema.InputName, features))
            .Add(Outputs, OnnxWriter.Value(output.Name, output.Width));
    }

    private static void AddOutput(ProtobufMessage graph, ImportedTensors tensors, string name)
    {
        const string Second = "slipway_second_column", Column = "slipway_column_shape";
        switch (tensors.Form)
        {
            case ImportedOutputForm.SecondColumn:
                graph.Add(Initializers, Integers(Second, 1))
                    .Add(Nodes, Node("Gather", [tensors.Output, Second], name).Add(5, new ProtobufMessage().Add(1, "axis").Add(3, 1).Add(20, 2)));
                break;
            case ImportedOutputForm.Flat:
                graph.Add(Initializers, Integers(Column, -1, 1)).Add(Nodes, Node("Reshape", [tensors.Output, Column], name));
                break;
            default:
                if (tensors.Output != name)
                    graph.Add(Nodes, Node("Identity", [tensors.Output], name));
                break;
        }
    }

    private static ProtobufMessage Node(string type, string[] inputs, string output)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
            node.Add(1, input);
        return node.Add(2, output).Add(3, $"slipway_{type}_{output}").Add(4, type);
    }

    private static ProtobufMessage Integers(string name, params long[] values)
    {
        var tensor = new ProtobufMessage().Add(1, values.Length).Add(2, Int64);
        foreach (var value in values)
            tensor.Add(7, value);
        return tensor.Add(8, name);
    }

    private static bool IsOurs(ProtobufField field, IReadOnlyList<KeyValuePair<string, string>> metadata) =>
        field.Number == Metadata && (field.Text(1) == ModelSchema.MetadataKey || metadata.Any(entry => entry.Key == field.Text(1)));
}
