using System.Text.Json;
using CsCheck;
using Slipway.Registry.Models;
using Slipway.Tests.Properties;

namespace Slipway.Registry.Tests.Properties;

public sealed class ModelSpecProperties
{
    private const string Source = "model.json";

    private static readonly byte[] Binary = """
        {
          "description": "Pumps that fail", "task": "binary", "label": "failure", "positive": "yes", "id": ["serial"], "ignore": ["note"],
          "features": {"type": "categorical", "torque": "numeric"}, "slices": ["type"], "trainer": "linear", "hyperparameters": {"l2": 0.5},
          "dataset": {"file": "pumps.csv"}, "seed": 3, "split": {"validation": 0.2, "holdout": 0.2}, "threshold": {"maximizeF": 2}, "delivery": "rollout",
          "gates": {
            "metrics": {"averagePrecision": {"atLeast": 0.5}}, "champion": {"averagePrecision": {"lossAtMost": 0.01}},
            "slices": {"metrics": {"recall": {"atLeast": 0.1, "atMost": 1}}, "rowsAtLeast": 20},
            "data": {"rowsAtLeast": 100, "missingAtMost": 0.1, "labelRate": {"atLeast": 0.01}}, "latencyMicrosecondsAtMost": 500, "onnxBytesAtMost": 1000000, "unknownCategoriesAtMost": 0.5
          }
        }
        """u8.ToArray();

    private static readonly byte[] Multiclass = """
        {
          "description": "", "task": "multiclass", "label": "species", "classes": ["a", "b", "c"], "features": {"size": "numeric"}, "trainer": "linear",
          "dataset": {"generator": "penguins", "rows": 100, "seed": 1}, "gates": {"metrics": {"accuracy": {"atLeast": 0.5}}, "data": {"classRate": {"atLeast": 0.1}}}
        }
        """u8.ToArray();

    [Test]
    public void IsReadCompletelyOrReportedWithItsName() =>
        Property.Holds(EditedJson.Of(Binary, Multiclass), 1000, json =>
        {
            try
            {
                Assert.That(Holes.In(ModelSpecReader.Read(json, Source)), Is.Empty);
            }
            catch (SlipwayException e)
            {
                Assert.That(e.Message, Does.StartWith(Source).And.Not.Contain("   at "));
            }
        }, Edited.Show);

    [Test]
    public void MeansTheSameHoweverItIsWritten() =>
        Property.Holds(Gen.Select(Gen.OneOf(Binary, Multiclass), Gen.Int[0, int.MaxValue - 1]), 100, one =>
            Assert.That(Written(RewrittenJson.Of(one.Item1, one.Item2)), Is.EquivalentTo(Written(one.Item1))), one => Edited.Show(RewrittenJson.Of(one.Item1, one.Item2)));

    [Test]
    public void IsReadAsItWasWritten() =>
        Property.Holds(EditedJson.Of(Binary, Multiclass), 300, json =>
        {
            if (TryRead(json) is { } spec && JsonSerializer.SerializeToUtf8Bytes(spec, SpecJson.Default.ModelSpec) is var written)
                Assert.That(Written(written), Is.EqualTo(written));
        }, Edited.Show);

    // members of maps are in the order in which they were read
    private static byte[] Written(byte[] json) => JsonSerializer.SerializeToUtf8Bytes(ModelSpecReader.Read(json, Source), SpecJson.Default.ModelSpec);

    private static ModelSpec? TryRead(byte[] json)
    {
        try
        {
            return ModelSpecReader.Read(json, Source);
        }
        catch (SlipwayException)
        {
            return null;
        }
    }
}
