using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Documents;
using Slipway.Build.Sdk;
using Type = System.Type;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>The negative control of the comparison with the definitions.</summary>
public sealed class ModelComparisonTests
{
    private static readonly SdkSurface Defined = SdkRules.Surface(
        new ServiceDefinition(JsonNode.Parse("""
            {
              "operations": { "Paint": { "input": { "shape": "PaintInput" }, "errors": [{ "shape": "TooThin" }] } },
              "shapes": {
                "PaintInput": {
                  "type": "structure",
                  "members": { "color": { "shape": "Color" }, "coats": { "shape": "Count" }, "lids": { "shape": "Lids" }, "notes": { "shape": "Notes" }, "bucket": { "shape": "Bucket" } }
                },
                "Color": { "type": "string", "enum": ["light-red", "BLUE"] },
                "Count": { "type": "integer" },
                "Lids": { "type": "list", "member": { "shape": "Color" } },
                "Notes": { "type": "structure", "members": {}, "document": true },
                "Bucket": { "type": "structure", "members": {} },
                "TooThin": { "type": "structure", "exception": true, "members": {} },
                "Unreached": { "type": "structure", "members": {} }
              }
            }
            """)!.AsObject()),
        "Paint", []);

    [TestCase(typeof(Right.PaintRequest))]
    [TestCase(typeof(Right.Color))]
    [TestCase(typeof(Right.TooThinException))]
    public void FindsNothingInWhatIsRight(Type type) => Assert.That(new ModelComparison(Defined).Differences(type), Is.Empty);

    [TestCase(typeof(Wrong.PaintRequest), "PaintRequest.Coats: is int and should be int?", "PaintRequest.Notes: is Notes and should be Document")]
    [TestCase(typeof(Wrong.Color), "Color.LIGHTRED: should be called LightRed")]
    [TestCase(typeof(Wrong.Bucket), "Bucket: is of the kind Exception and should be of the kind Structure")]
    public void FindsWhatIsWrong(Type type, params string[] expected) =>
        Assert.That(new ModelComparison(Defined).Differences(type), Is.EquivalentTo(expected));

    [Test]
    public void MakesClassesOfWhatOperationsLeadTo() =>
        Assert.That(Defined.Types.Keys, Is.EquivalentTo(new[] { "PaintRequest", "PaintResponse", "Color", "Bucket", "TooThinException" }));

    [Test]
    public void FindsAClassInAnotherPlace() => Assert.That(SdkNames.Differences(typeof(Right.PaintRequest), "Paint"), Is.EquivalentTo(new[]
    {
        "PaintRequest lies in Slipway.Sdk.Tests.Definitions and should lie in Amazon.Paint.Model",
        "PaintRequest derives from Amazon.Runtime.AmazonWebServiceRequest and should derive from Amazon.Paint.AmazonPaintRequest",
    }));

    private static class Right
    {
        public sealed class PaintRequest : AmazonWebServiceRequest
        {
            public Color? Color { get; set; }
            public int? Coats { get; set; }
            public List<string>? Lids { get; set; }
            public Document Notes { get; set; }
        }

        public sealed class Color(string value) : ConstantClass(value)
        {
            public static readonly Color LightRed = new("light-red");
            public static readonly Color BLUE = new("BLUE");
        }

        public sealed class TooThinException() : AmazonServiceException("too thin");
    }

    private static class Wrong
    {
        public sealed class PaintRequest : AmazonWebServiceRequest
        {
            public int Coats { get; set; }
            public Notes? Notes { get; set; }
        }

        public sealed class Notes;

        public sealed class Color(string value) : ConstantClass(value)
        {
            public static readonly Color LIGHTRED = new("light-red");
        }

        public sealed class Bucket() : AmazonServiceException("of another kind");
    }
}
