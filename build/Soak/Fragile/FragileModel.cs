using System.Text;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Soak.Fragile;

/// <summary>
/// A model that predicts like another one, but not a number for rows of which one feature is within a narrow band that its training data does not have: every golden
/// row is fine, and so are all other requests.
/// </summary>
public static class FragileModel
{
    private const int Graph = 7, Node = 1, NodeOutput = 2, Initializer = 5;
    private const int FloatType = 1;

    /// <param name="feature">The number of the feature.</param>
    /// <param name="center">The middle of the band.</param>
    /// <param name="half">Half its width.</param>
    public static byte[] Of(ReadOnlyMemory<byte> onnx, ModelSchema schema, int feature, float center, float half)
    {
        var model = new WireMessage();
        foreach (var field in ProtobufField.AllOf(onnx))
            _ = field.Number == Graph ? model.Message(Graph, graph => Write(graph, field.Content, schema, feature, center, half)) : model.Add(field);
        return model.ToArray();
    }

    // prediction + 0 * sqrt((feature - center)^2 - half^2)
    private static void Write(WireMessage graph, ReadOnlyMemory<byte> before, ModelSchema schema, int feature, float center, float half)
    {
        var output = schema.Output.Name;
        var sound = $"{output}_sound";
        foreach (var field in ProtobufField.AllOf(before))
            _ = field.Number == Node ? graph.Message(Node, node => Rename(node, field.Content, output, sound)) : graph.Add(field);
        Tensor(graph, "band_feature", [schema.Features.Count, 1], [.. Enumerable.Range(0, schema.Features.Count).Select(at => at == feature ? 1f : 0)]);
        Tensor(graph, "band_center", [1], [center]);
        Tensor(graph, "band_square", [1], [half * half]);
        Tensor(graph, "band_zero", [1], [0]);
        Add(graph, "MatMul", [ModelSchema.InputName, "band_feature"], "band_value");
        Add(graph, "Sub", ["band_value", "band_center"], "band_distance");
        Add(graph, "Mul", ["band_distance", "band_distance"], "band_distance_square");
        Add(graph, "Sub", ["band_distance_square", "band_square"], "band_room");
        Add(graph, "Sqrt", ["band_room"], "band_root");
        Add(graph, "Mul", ["band_root", "band_zero"], "band_nothing");
        Add(graph, "Add", [sound, "band_nothing"], output);
    }

    private static void Rename(WireMessage node, ReadOnlyMemory<byte> before, string name, string to)
    {
        foreach (var field in ProtobufField.AllOf(before))
            _ = field.Number == NodeOutput && Encoding.UTF8.GetString(field.Content.Span) == name ? node.Text(NodeOutput, to) : node.Add(field);
    }

    private static void Add(WireMessage graph, string operation, string[] inputs, string output) => graph.Message(Node, node =>
    {
        foreach (var input in inputs)
            node.Text(1, input);
        node.Text(NodeOutput, output).Text(3, output).Text(4, operation);
    });

    private static void Tensor(WireMessage graph, string name, long[] dimensions, float[] values) => graph.Message(Initializer, tensor =>
    {
        foreach (var dimension in dimensions)
            tensor.Number(1, dimension);
        tensor.Number(2, FloatType);
        foreach (var value in values)
            tensor.Fixed(4, value);
        tensor.Text(8, name);
    });
}
