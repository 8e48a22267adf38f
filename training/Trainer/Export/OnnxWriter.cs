using Slipway.Registry.Models;

namespace Slipway.Trainer.Export;

/// <summary>
/// Writes a graph as an ONNX file. The field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto);
/// fields are written in the order of their numbers, so the same graph gives the same bytes.
/// </summary>
public static class OnnxWriter
{
    public const string Producer = "slipway";

    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const int MachineLearningOperatorSet = 3;
    private const int Float = 1;

    /// <param name="metadata">Written to <c>metadata_props</c>, in this order.</param>
    public static byte[] Write(OnnxGraph graph, IReadOnlyList<KeyValuePair<string, string>> metadata) => new ProtobufMessage()
        .Add(1, IrVersion)
        .Add(2, Producer)
        .Add(7, Graph(graph))
        .Add(8, new ProtobufMessage().Add(1, "").Add(2, OperatorSet))
        .Add(8, new ProtobufMessage().Add(1, OnnxNode.MachineLearning).Add(2, MachineLearningOperatorSet))
        .AddEach(14, metadata, entry => new ProtobufMessage().Add(1, entry.Key).Add(2, entry.Value))
        .ToArray();

    private static ProtobufMessage Graph(OnnxGraph graph) => new ProtobufMessage()
        .AddEach(1, graph.Nodes, Node)
        .Add(2, Producer)
        .AddEach(5, graph.Constants, Tensor)
        .Add(11, Value(ModelSchema.InputName, graph.FeatureCount))
        .Add(12, Value(graph.Output.Name, graph.Output.Width));

    private static ProtobufMessage Node(OnnxNode node)
    {
        var message = new ProtobufMessage();
        foreach (var input in node.Inputs)
            message.Add(1, input);
        return message
            .Add(2, node.Output)
            .Add(3, $"{node.Operator}_{node.Output}")
            .Add(4, node.Operator)
            .AddEach(5, node.Attributes ?? [], Attribute)
            .Add(7, node.Domain);
    }

    private static ProtobufMessage Attribute(OnnxAttribute attribute)
    {
        var message = new ProtobufMessage().Add(1, attribute.Name);
        switch (attribute)
        {
            case OnnxAttribute.Number number:
                return message.Add(3, number.Value).Add(20, 2);
            case OnnxAttribute.Text text:
                return message.Add(4, text.Value).Add(20, 3);
            case OnnxAttribute.Floats floats:
                foreach (var value in floats.Values)
                    message.Add(7, value);
                return message.Add(20, 6);
            case OnnxAttribute.Numbers numbers:
                foreach (var value in numbers.Values)
                    message.Add(8, value);
                return message.Add(20, 7);
            case OnnxAttribute.Texts texts:
                foreach (var value in texts.Values)
                    message.Add(9, value);
                return message.Add(20, 8);
            default:
                throw new ArgumentOutOfRangeException(nameof(attribute), attribute, "No such kind of attribute.");
        }
    }

    private static ProtobufMessage Tensor(OnnxTensor tensor)
    {
        var message = new ProtobufMessage();
        foreach (var size in tensor.Shape)
            message.Add(1, size);
        message.Add(2, Float);
        foreach (var value in tensor.Values)
            message.Add(4, value);
        return message.Add(8, tensor.Name);
    }

    internal static ProtobufMessage Value(string name, long columns)
    {
        var shape = new ProtobufMessage()
            .Add(1, new ProtobufMessage().Add(2, "N"))
            .Add(1, new ProtobufMessage().Add(1, columns));
        var type = new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, Float).Add(2, shape));
        return new ProtobufMessage().Add(1, name).Add(2, type);
    }
}
