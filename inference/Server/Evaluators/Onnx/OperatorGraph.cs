using System.Text;
using Slipway.Registry.Artifacts;

namespace Slipway.Inference.Evaluators.Onnx;

/// <summary>The operators and constants of an ONNX file. Field numbers are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).</summary>
public sealed class OperatorGraph
{
    private readonly List<GraphOperator> _operators = [];
    private readonly Dictionary<string, GraphConstant> _constants = new(StringComparer.Ordinal);

    /// <summary>Each after those whose outputs it reads.</summary>
    public IReadOnlyList<GraphOperator> Operators => _operators;

    public GraphConstant? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <exception cref="InvalidArtifactException">The file is damaged.</exception>
    public static OperatorGraph Read(ReadOnlySpan<byte> onnx)
    {
        var graph = new OperatorGraph();
        for (var model = new ProtobufFields(onnx); model.Next();)
            if (model.Field == 7)
                graph.Add(model.Content);
        return graph;
    }

    private void Add(ReadOnlySpan<byte> graph)
    {
        for (var fields = new ProtobufFields(graph); fields.Next();)
            if (fields.Field == 1)
                _operators.Add(Operator(fields.Content));
            else if (fields.Field == 5)
                AddConstant(fields.Content);
    }

    private static GraphOperator Operator(ReadOnlySpan<byte> node)
    {
        var (inputs, outputs, attributes) = (new List<string>(), new List<string>(), new Dictionary<string, GraphAttribute>(StringComparer.Ordinal));
        var (type, domain) = ("", "");
        for (var fields = new ProtobufFields(node); fields.Next();)
            switch (fields.Field)
            {
                case 1:
                    inputs.Add(Text(fields.Content));
                    break;
                case 2:
                    outputs.Add(Text(fields.Content));
                    break;
                case 4:
                    type = Text(fields.Content);
                    break;
                case 5:
                    var attribute = Attribute(fields.Content);
                    attributes[attribute.Name] = attribute;
                    break;
                case 7:
                    domain = Text(fields.Content);
                    break;
            }

        return new(type, domain, inputs, outputs, attributes);
    }

    private static GraphAttribute Attribute(ReadOnlySpan<byte> bytes)
    {
        var attribute = new GraphAttribute();
        var last = "";
        for (var fields = new ProtobufFields(bytes); fields.Next();)
            switch (fields.Field)
            {
                case 1:
                    attribute.Name = Text(fields.Content);
                    break;
                case 2:
                    attribute.FloatValue = fields.FloatValue;
                    break;
                case 3:
                    attribute.Number = fields.SignedNumber;
                    break;
                case 4:
                    attribute.Text = Text(fields.Content);
                    break;
                case 7:
                    fields.AddTo(attribute.Floats);
                    break;
                case 8:
                    fields.AddTo(attribute.Numbers);
                    break;
                case 9:
                    // hundreds of thousands of nodes share a few words
                    last = Ascii.Equals(fields.Content, last) ? last : string.Intern(Text(fields.Content));
                    attribute.Texts.Add(last);
                    break;
                case 20:
                    break;
                default:
                    attribute.HasOther = true;
                    break;
            }

        return attribute;
    }

    private void AddConstant(ReadOnlySpan<byte> tensor)
    {
        const int floats = 1;
        var (shape, values, type, name) = (new List<long>(), new List<float>(), 0L, "");
        for (var fields = new ProtobufFields(tensor); fields.Next();)
            switch (fields.Field)
            {
                case 1:
                    fields.AddTo(shape);
                    break;
                case 2:
                    type = fields.SignedNumber;
                    break;
                case 4 or 9: // floats, or the same as raw bytes, which are packed floats
                    if (type is 0 or floats && (fields.Field == 4 || fields.Content.Length % sizeof(float) == 0))
                        fields.AddTo(values);
                    break;
                case 8:
                    name = Text(fields.Content);
                    break;
            }

        _constants[name] = new([.. shape], type == floats ? [.. values] : []);
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

/// <summary>One operator of an ONNX file.</summary>
/// <param name="Domain">Empty for ONNX's own operators.</param>
public sealed record GraphOperator(
    string Type, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, GraphAttribute> Attributes);

/// <summary>A constant of floats; without values if it is of another type.</summary>
public sealed record GraphConstant(long[] Shape, float[] Values);

/// <summary>An attribute of an operator; which value counts depends on its documented type.</summary>
public sealed class GraphAttribute
{
    public string Name { get; set; } = "";
    public float FloatValue { get; set; }
    public long Number { get; set; }
    public string Text { get; set; } = "";
    public List<float> Floats { get; } = [];
    public List<long> Numbers { get; } = [];
    public List<string> Texts { get; } = [];

    /// <summary>It is a tensor, a graph, or something else that is not read.</summary>
    public bool HasOther { get; set; }
}
