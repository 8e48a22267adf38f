using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Slipway.Sdk.Tests;

/// <summary>The negative control of the comparison with the definitions.</summary>
public sealed class ModelComparisonTests
{
    private static readonly ServiceDefinition Definition = new(JsonNode.Parse("""
        {
          "operations": { "Paint": { "input": { "shape": "PaintInput" } } },
          "shapes": {
            "PaintInput": { "type": "structure", "members": { "color": { "shape": "Color" }, "coats": { "shape": "Count" }, "lids": { "shape": "Lids" } } },
            "Color": { "type": "string", "enum": ["light-red", "BLUE"] },
            "Count": { "type": "integer" },
            "Lids": { "type": "list", "member": { "shape": "Color" } },
            "TooThin": { "type": "structure", "exception": true, "members": {} }
          }
        }
        """)!.AsObject());

    [TestCase(typeof(Right.PaintRequest))]
    [TestCase(typeof(Right.PaintResponse))]
    [TestCase(typeof(Right.Color))]
    [TestCase(typeof(Right.TooThinException))]
    public void FindsNothingInWhatIsRight(Type type) => Assert.That(new ModelComparison(Definition).Differences(type), Is.Empty);

    [TestCase(typeof(Wrong.PaintRequest), "PaintRequest.Coats: is int and should be int?", "PaintRequest.Brush: the service has no such member")]
    [TestCase(typeof(Wrong.PaintResponse), "PaintResponse.Area: the service has no such member")]
    [TestCase(typeof(Wrong.Color), "Color.GREEN: the service knows no value GREEN", "Color.LIGHTRED: should be called LightRed")]
    [TestCase(typeof(Wrong.Bucket), "Bucket: the service has no such shape")]
    [TestCase(typeof(Wrong.TooThickException), "TooThickException: the service has no such error")]
    public void FindsWhatIsWrong(Type type, params string[] expected) =>
        Assert.That(new ModelComparison(Definition).Differences(type), Is.EquivalentTo(expected));

    [Test]
    public void FindsWhatIsMissing() =>
        Assert.That(new ModelComparison(Definition).Lacks(typeof(Wrong.PaintRequest)), Is.EquivalentTo(new[] { "PaintRequest.Color", "PaintRequest.Lids" }));

    private static class Right
    {
        public sealed class PaintRequest
        {
            public Color? Color { get; set; }
            public int? Coats { get; set; }
            public List<string>? Lids { get; set; }
        }

        public sealed class PaintResponse;

        public sealed class Color(string value) : ConstantClass(value)
        {
            public static readonly Color LightRed = new("light-red");
            public static readonly Color BLUE = new("BLUE");
        }

        public sealed class TooThinException() : AmazonServiceException("too thin");
    }

    private static class Wrong
    {
        public sealed class PaintRequest
        {
            public int Coats { get; set; }
            public string? Brush { get; set; }
        }

        public sealed class PaintResponse
        {
            public double? Area { get; set; }
        }

        public sealed class Color(string value) : ConstantClass(value)
        {
            public static readonly Color GREEN = new("GREEN");
            public static readonly Color LIGHTRED = new("light-red");
        }

        public sealed class Bucket;

        public sealed class TooThickException() : AmazonServiceException("too thick");
    }
}
