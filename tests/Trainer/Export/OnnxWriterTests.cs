using System.Text;
using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Tests.Export;

public sealed class OnnxWriterTests
{
    private static readonly OnnxGraph Doubling = new(
        1, ModelSchema.OutputOf(ModelTask.Binary, 2), [new("Mul", ["features", "two"], "probability")], [new("two", [1], [2f])]);

    [Test]
    public void WritesWhatOnnxRuntimeReads()
    {
        var onnx = OnnxWriter.Write(Doubling, [new("a", "1"), new("ü", "{\"b\":2}")]);
        using var scorer = new OnnxScorer(onnx, Doubling.Output);

        Assert.That(scorer.Score([3f, -1f, 0.5f], 1), Is.EqualTo(new[] { 6f, -2f, 1f }));
        Assert.That((OnnxScorer.Metadata(onnx, "a"), OnnxScorer.Metadata(onnx, "ü"), OnnxScorer.Metadata(onnx, "b")), Is.EqualTo(("1", "{\"b\":2}", (string?)null)));
    }

    [Test]
    public void DeclaresItsTensors()
    {
        using var session = new InferenceSession(OnnxWriter.Write(Doubling, []));

        Assert.That(session.InputMetadata["features"].Dimensions, Is.EqualTo(new[] { -1, 1 }));
        Assert.That(session.OutputMetadata["probability"].Dimensions, Is.EqualTo(new[] { -1, 1 }));
        Assert.That(session.ModelMetadata.ProducerName, Is.EqualTo("slipway"));
    }

    [Test]
    public void WritesTheSameGraphAsTheSameBytes()
    {
        // a reproduced version has the ONNX file of the original, also if a later release wrote it
        var nodes = new OnnxNode[]
        {
            new(
                "TreeEnsembleRegressor", ["features"], "trees", OnnxNode.MachineLearning,
                [
                    new OnnxAttribute.Number("n_targets", -1), new OnnxAttribute.Text("post_transform", "NONE"),
                    new OnnxAttribute.Numbers("nodes_nodeids", [0, 127, 128, long.MaxValue]), new OnnxAttribute.Texts("nodes_modes", ["BRANCH_LEQ", "", "ü"]),
                    new OnnxAttribute.Floats("nodes_values", [.. Enumerable.Range(0, 5000).Select(value => value / 7f), float.MinValue, -0f]),
                ]),
            new("Mul", ["trees", "weights"], "probability"),
        };
        var onnx = OnnxWriter.Write(
            new(300, ModelSchema.OutputOf(ModelTask.Binary, 2), nodes, [new("weights", [2, 1], [0.1f, float.Epsilon])]), [new("a", new('b', 5000)), new("ü", "")]);

        Assert.That(Sha256Hex.Of(onnx), Is.EqualTo("323a614d1e4c90f68b432c75d6269106d25fbcad24a9d6489935c171ad0d9d79"));
    }

    [Test]
    public void WritesTheKnownBytesOfASmallMessage() =>
        // protobuf's own documentation: field 1 = 150 is 08 96 01, field 2 = "testing" is 12 07 ...
        Assert.That(new ProtobufMessage().Add(1, 150).Add(2, "testing").ToArray(),
            Is.EqualTo(new byte[] { 0x08, 0x96, 0x01, 0x12, 0x07 }.Concat(Encoding.UTF8.GetBytes("testing"))));

    [Test]
    public void WritesNumbersOfAnyKind() =>
        // as protobuf's documentation has it: -1 takes ten bytes, a float four with the lowest first
        Assert.That(new ProtobufMessage().Add(16, -1).Add(1, 1f).Add(3, new ProtobufMessage().Add(1, 0)).ToArray(),
            Is.EqualTo(new byte[] { 0x80, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x0D, 0, 0, 0x80, 0x3F, 0x1A, 2, 8, 0 }));
}
