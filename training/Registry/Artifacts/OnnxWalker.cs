namespace Slipway.Registry.Artifacts;

/// <summary>
/// Visits every tensor that an ONNX model can contain. Message kinds and field numbers are those of onnx.proto3
/// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
/// </summary>
internal sealed class OnnxWalker
{
    // a subgraph is three messages deep; protobuf parsers stop at 100
    private const int MaxDepth = 100;

    private readonly ProtobufReader _reader;
    private bool _hasGraph;
    private long _weightBytes;

    private OnnxWalker(Stream file) => _reader = new(file);

    /// <summary>Walks the whole model and throws at the first tensor with external data. True if there is a graph at all.</summary>
    public static bool FindGraph(Stream file)
    {
        var walker = new OnnxWalker(file);
        walker.Visit(Message.Model, file.Length, depth: 0);
        return walker._hasGraph;
    }

    /// <summary>The bytes of all tensors whose elements take as much memory as in the file: raw bytes and floats.</summary>
    public static long WeightBytes(Stream file)
    {
        var walker = new OnnxWalker(file);
        walker.Visit(Message.Model, file.Length, depth: 0);
        return walker._weightBytes;
    }

    private void Visit(Message message, long end, int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidArtifactException($"The ONNX model is nested more than {MaxDepth} messages deep.");

        _hasGraph |= message == Message.Graph;
        while (_reader.Position < end)
        {
            var (field, type) = _reader.ReadTag(end);
            if (message == Message.Tensor && field is 13 or 14)
                CheckTensorField(field, type, end);
            else if (message == Message.Tensor && field is (4 or 9) && type == WireType.LengthDelimited)
                SkipWeights(end);
            else if (Inside(message, field) is { } inside)
            {
                if (type != WireType.LengthDelimited)
                    throw new InvalidArtifactException($"The ONNX model is damaged: field {field} of a {message} is not a message.");
                Visit(inside, _reader.ReadLength(end), depth + 1);
            }
            else
                _reader.Skip(type, end);
        }
    }

    private void SkipWeights(long end)
    {
        var start = _reader.Position;
        _reader.Skip(WireType.LengthDelimited, end);
        _weightBytes += _reader.Position - start;
    }

    // external_data = 13 names the file, data_location = 14 says to read it
    private void CheckTensorField(int field, WireType type, long end)
    {
        if (field == 13 || type != WireType.Varint || _reader.ReadVarint(end) != 0)
            throw new InvalidArtifactException(
                "The ONNX model stores weights in external data, which is not supported. Save it as one file "
                + "(Python: onnx.save_model(onnx.load(path), path, save_as_external_data=False)).");
    }

    private static Message? Inside(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 20) => Message.TrainingInfo,
        (Message.Model, 25) => Message.Function,
        (Message.TrainingInfo, 1 or 2) => Message.Graph,
        (Message.Function, 7) => Message.Node,
        (Message.Function, 11) => Message.Attribute,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 15) => Message.SparseTensor,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.SparseTensor, 1 or 2) => Message.Tensor,
        _ => null,
    };

    private enum Message
    {
        Model,
        Graph,
        TrainingInfo,
        Function,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
    }
}
