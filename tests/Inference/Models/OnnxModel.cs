using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Models;

/// <summary>Tiny ONNX files: a weighted sum and a sigmoid, with the faults that tests need.</summary>
internal static class OnnxModel
{
    private const int FloatType = 1;
    private const int IntType = 7;
    private const int BoolType = 9;

    /// <param name="weights">One for each feature.</param>
    /// <param name="last">The operator that turns the sum into the prediction.</param>
    /// <param name="iterations">Each takes about a microsecond of every run: 0 for none.</param>
    /// <param name="onlyAt">The number of rows at which they are made; null for every number.</param>
    public static byte[] Linear(
        float[] weights, float bias, string? metadata, string last, long iterations, int? onlyAt = null, string output = "probability") =>
        OnnxMessage.Write(model => Header(model, metadata).Message(7, graph =>
        {
            Node(graph, "Gemm", ["features", "weights", "bias"], ["sum"]);
            if (iterations > 0)
                Loop(graph, "sum", "same", iterations, onlyAt);
            Node(graph, last, [iterations > 0 ? "same" : "sum"], [output]);
            graph.Text(2, "tiny");
            Tensor(graph, "weights", [weights.Length, 1], weights);
            Tensor(graph, "bias", [1], [bias]);
            Value(graph, 11, "features", FloatType, null, weights.Length);
            Value(graph, 12, output, FloatType, null, 1);
        }));

    /// <summary>Its bias is in a file outside the archive.</summary>
    public static byte[] WithExternalData(int width, string metadata) =>
        OnnxMessage.Write(model => Header(model, metadata).Message(7, graph =>
        {
            Node(graph, "Gemm", ["features", "weights", "bias"], ["sum"]);
            Node(graph, "Sigmoid", ["sum"], ["probability"]);
            graph.Text(2, "tiny");
            Tensor(graph, "weights", [width, 1], new float[width]);
            graph.Message(5, tensor => tensor.Number(1, 1).Number(2, FloatType).Text(8, "bias").Number(14, 1)
                .Message(13, entry => entry.Text(1, "location").Text(2, "../secret")));
            Value(graph, 11, "features", FloatType, null, width);
            Value(graph, 12, "probability", FloatType, null, 1);
        }));

    /// <summary>The probabilities of classes: softmax of one weighted sum a class.</summary>
    public static byte[] Classes(float[,] weights, string metadata) =>
        OnnxMessage.Write(model => Header(model, metadata).Message(7, graph =>
        {
            Node(graph, "MatMul", ["features", "weights"], ["sums"]);
            Node(graph, "Softmax", ["sums"], ["probabilities"]);
            graph.Text(2, "tiny");
            Tensor(graph, "weights", [weights.GetLength(0), weights.GetLength(1)], [.. weights.Cast<float>()]);
            Value(graph, 11, "features", FloatType, null, weights.GetLength(0));
            Value(graph, 12, "probabilities", FloatType, null, weights.GetLength(1));
        }));

    private static OnnxMessage Header(OnnxMessage model, string? metadata)
    {
        model.Number(1, 8).Text(2, "slipway tests").Message(8, opset => opset.Text(1, "").Number(2, 17));
        if (metadata is not null)
            model.Message(14, entry => entry.Text(1, ModelSchema.MetadataKey).Text(2, metadata));
        return model;
    }

    // passes a value through a loop that adds nothing: intentionally slow, with the same prediction
    private static void Loop(OnnxMessage graph, string input, string output, long iterations, int? onlyAt)
    {
        Scalar(graph, onlyAt is null ? "trips" : "many", iterations);
        if (onlyAt is { } rows)
        {
            Scalar(graph, "none", 0);
            Scalar(graph, "first", 0);
            Scalar(graph, "rows_to_loop_at", rows);
            Node(graph, "Shape", ["features"], ["shape"]);
            Node(graph, "Gather", ["shape", "first"], ["rows"]);
            Node(graph, "Equal", ["rows", "rows_to_loop_at"], ["loops"]);
            Node(graph, "Where", ["loops", "many", "none"], ["trips"]);
        }

        Tensor(graph, "zero", [1], [0]);
        graph.Message(1, node => node.Text(1, "trips").Text(1, "").Text(1, input).Text(2, output).Text(3, output).Text(4, "Loop")
            .Message(5, attribute => attribute.Text(1, "body").Number(20, 5).Message(6, body =>
            {
                Node(body, "Identity", ["go"], ["go_on"]);
                Node(body, "Add", ["carried", "zero"], ["carried_on"]);
                body.Text(2, "body");
                Value(body, 11, "trip", IntType);
                Value(body, 11, "go", BoolType);
                Value(body, 11, "carried", FloatType, null, 1);
                Value(body, 12, "go_on", BoolType);
                Value(body, 12, "carried_on", FloatType, null, 1);
            })));
    }

    private static void Scalar(OnnxMessage graph, string name, long value) =>
        graph.Message(5, tensor => tensor.Number(2, IntType).Number(7, value).Text(8, name));

    private static void Node(OnnxMessage graph, string operation, string[] inputs, string[] outputs) => graph.Message(1, node =>
    {
        foreach (var input in inputs)
            node.Text(1, input);
        foreach (var output in outputs)
            node.Text(2, output);
        node.Text(3, outputs[0]).Text(4, operation);
    });

    private static void Tensor(OnnxMessage graph, string name, long[] dimensions, float[] values) => graph.Message(5, tensor =>
    {
        foreach (var dimension in dimensions)
            tensor.Number(1, dimension);
        tensor.Number(2, FloatType);
        foreach (var value in values)
            tensor.Single(4, value);
        tensor.Text(8, name);
    });

    /// <param name="dimensions">Null where the size varies; none at all for a scalar.</param>
    private static void Value(OnnxMessage graph, int field, string name, int type, params long?[] dimensions) => graph.Message(field, value =>
        value.Text(1, name).Message(2, kind => kind.Message(1, tensor => tensor.Number(1, type).Message(2, shape =>
        {
            foreach (var dimension in dimensions)
                shape.Message(1, size => _ = dimension is { } fixedSize ? size.Number(1, fixedSize) : size.Text(2, "N"));
        }))));
}
