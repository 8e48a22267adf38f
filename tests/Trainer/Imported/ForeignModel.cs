using System.Globalization;
using Slipway.Registry.Artifacts;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Tests.Imported;

/// <summary>Small ONNX files as other tools leave them: other names, other shapes, no metadata. Two features, <c>width</c> and <c>height</c>.</summary>
internal static class ForeignModel
{
    public const string Golden = """{ "records": [{ "width": 1, "height": 2 }, { "width": "3" }], "outputs": [[5], [10]] }""";

    public const string Spec = """
        {
          "description": "Boxes", "task": "regression", "label": "size", "trainer": "outside",
          "features": { "width": "numeric", "height": "numeric" },
          "gates": { "metrics": { "rmse": { "atMost": 1 } } }
        }
        """;

    /// <summary>The label is what <see cref="Linear"/> answers; the median height of the training rows is 3.5 at least for some split.</summary>
    public static string Csv(Func<int, int, string> label) => "width,height,size\n" + string.Concat(
        from width in Enumerable.Range(0, 20)
        from height in Enumerable.Range(0, 8)
        select string.Create(CultureInfo.InvariantCulture, $"{width},{height},{label(width, height)}\n"));

    /// <summary>width + 2 height, plus a bias; [N] or [N, 1].</summary>
    public static byte[] Linear(string input = "x", string output = "y", float bias = 0, bool flat = false, string operatorName = "Add")
    {
        var wide = flat ? "wide" : output;
        var nodes = new List<OnnxNode>
        {
            new("MatMul", [input, "weights"], "sum"),
            new(operatorName, ["sum", "bias"], wide),
        };
        if (flat)
            nodes.Add(new("ReduceMax", [wide], output, Attributes: [new OnnxAttribute.Numbers("axes", [1]), new OnnxAttribute.Number("keepdims", 0)]));
        return Rename(
            OnnxWriter.Write(
                new(2, new(output, "FP32", [-1, 1]), nodes, [new("weights", [2, 1], [1, 2]), new("bias", [1], [bias])]), []),
            input, flat ? output : null);
    }

    /// <summary>width + 2 height, less the mean of all rows of the request.</summary>
    public static byte[] Centered() => Rename(
        OnnxWriter.Write(
            new(
                2, new("y", "FP32", [-1, 1]),
                [
                    new("MatMul", ["x", "weights"], "sum"),
                    new("ReduceMean", ["sum"], "mean", Attributes: [new OnnxAttribute.Numbers("axes", [0])]),
                    new("Sub", ["sum", "mean"], "y"),
                ],
                [new("weights", [2, 1], [1, 2])]),
            []),
        "x", flatOutput: null);

    /// <summary>Probabilities of two classes, as a classifier of scikit-learn gives them.</summary>
    public static byte[] TwoColumns() => Rename(
        OnnxWriter.Write(
            new(
                2, new("probabilities", "FP32", [-1, 2]),
                [new("MatMul", ["float_input", "weights"], "sums"), new("Add", ["sums", "bias"], "logits"), new("Softmax", ["logits"], "probabilities")],
                [new("weights", [2, 2], [0, 1, 0, 0]), new("bias", [2], [0, -10])]),
            []),
        "float_input", flatOutput: null);

    /// <summary>width + 2 height; for this number of rows at once, it never finishes.</summary>
    public static byte[] EndlessAt(long rows)
    {
        var model = new ProtobufMessage();
        foreach (var field in ProtobufField.AllOf(Linear()))
            if (field.Number == 7)
                model.Add(7, EndlessGraph(field.Content, rows));
            else
                model.Add(field);
        return model.ToArray();
    }

    // y passes through a loop once, and endlessly for some number of rows
    private static ProtobufMessage EndlessGraph(ReadOnlyMemory<byte> graph, long rows)
    {
        var endless = new ProtobufMessage();
        foreach (var field in ProtobufField.AllOf(graph))
            if (field.Number == 12)
                endless.Add(12, OnnxWriter.Value("looped", 1));
            else
                endless.Add(field);
        foreach (var (name, value) in new (string, long)[] { ("one", 1), ("many", 1_000_000_000_000_000), ("first", 0), ("endless", rows) })
            endless.Add(5, new ProtobufMessage().Add(2, 7).Add(7, value).Add(8, name));
        return endless
            .Add(1, Node("Shape", ["x"], "shape")).Add(1, Node("Gather", ["shape", "first"], "rows"))
            .Add(1, Node("Equal", ["rows", "endless"], "loops")).Add(1, Node("Where", ["loops", "many", "one"], "trips"))
            .Add(1, Node("Loop", ["trips", "", "y"], "looped").Add(5, new ProtobufMessage().Add(1, "body").Add(20, 5).Add(6, new ProtobufMessage()
                .Add(1, Node("Identity", ["go"], "go_on")).Add(1, Node("Identity", ["carried"], "carried_on")).Add(2, "body")
                .Add(11, Scalar("trip", 7)).Add(11, Scalar("go", 9)).Add(11, OnnxWriter.Value("carried", 1))
                .Add(12, Scalar("go_on", 9)).Add(12, OnnxWriter.Value("carried_on", 1)))));
    }

    private static ProtobufMessage Node(string operation, string[] inputs, string output) =>
        inputs.Aggregate(new ProtobufMessage(), (node, input) => node.Add(1, input)).Add(2, output).Add(3, output).Add(4, operation);

    private static ProtobufMessage Scalar(string name, long type) => new ProtobufMessage()
        .Add(1, name).Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, type).Add(2, new ProtobufMessage())));

    // the writer declares the names of our own models; a foreign model has its own
    private static byte[] Rename(byte[] onnx, string input, string? flatOutput)
    {
        var model = new ProtobufMessage();
        foreach (var field in ProtobufField.AllOf(onnx))
            if (field.Number == 7)
                model.Add(7, Graph(field.Content, input, flatOutput));
            else
                model.Add(field);
        return model.ToArray();
    }

    private static ProtobufMessage Graph(ReadOnlyMemory<byte> graph, string input, string? flatOutput)
    {
        var renamed = new ProtobufMessage();
        foreach (var field in ProtobufField.AllOf(graph))
            if (field.Number == 11)
                renamed.Add(11, OnnxWriter.Value(input, 2));
            else if (field.Number == 12 && flatOutput is not null)
                renamed.Add(12, Vector(flatOutput));
            else
                renamed.Add(field);
        return renamed;
    }

    private static ProtobufMessage Vector(string name) => new ProtobufMessage()
        .Add(1, name)
        .Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, 1).Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, "N")))));
}
