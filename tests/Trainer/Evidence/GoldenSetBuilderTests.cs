using Slipway.Registry.Models;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Evidence;
using Slipway.Trainer.Export;
using Slipway.Trainer.Tests.Data;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Evidence;

public sealed class GoldenSetBuilderTests
{
    [TestCase(1e-3, 1e-8)]
    [TestCase(1e6, 1e-5)]
    public void AllowsEstimatesNoMoreThanTheirSizeMakesSenseOf(double size, double tolerance)
    {
        var golden = Build(SyntheticData.Numbers(mean: size, spread: size / 100));

        Assert.That(golden.Tolerance, Is.EqualTo(tolerance).Within(10).Percent);
    }

    [Test]
    public void AllowsProbabilitiesTheSameWhateverTheirSize() =>
        Assert.That(Build(SyntheticData.Classes(7)).Tolerance, Is.EqualTo(GoldenSetBuilder.Tolerance));

    private static GoldenSet Build(TrainingData data)
    {
        var onnx = OnnxWriter.Write(data.Fit(ModelTrainers.All.For(data.Spec)).ToOnnx(), []);
        var classes = data.Survey.Label.Classes;
        var output = ModelSchema.OutputOf(data.Spec.Task, classes.Count);
        using var scorer = new OnnxScorer(onnx, output);
        var schema = new ModelSchema(data.Spec.Task, "label", data.Columns, [], output, Threshold: null, classes);
        return GoldenSetBuilder.Build(
            new(data.Columns), [new Dictionary<string, string?> { ["a"] = "0.5", ["b"] = "0.1", ["shape"] = "flat" }], scorer, schema);
    }
}
