using System.Text;
using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;

namespace Slipway.Trainer.Tests;

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
    public void WritesTheKnownBytesOfASmallMessage() =>
        // protobuf's own documentation: field 1 = 150 is 08 96 01, field 2 = "testing" is 12 07 ...
        Assert.That(new ProtobufMessage().Add(1, 150).Add(2, "testing").ToArray(),
            Is.EqualTo(new byte[] { 0x08, 0x96, 0x01, 0x12, 0x07 }.Concat(Encoding.UTF8.GetBytes("testing"))));
}
