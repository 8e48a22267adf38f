using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Soak.Fragile;

namespace Slipway.Build.Tests.Soaking;

public sealed class FragileModelTests
{
    [OneTimeSetUp]
    public void TurnTelemetryOff() => OnnxTelemetry.TurnOff();

    [Test]
    public void PredictsLikeTheModelThatItWasMadeOfOutsideOfItsBand()
    {
        var sound = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Released", "illness-0.5.0.onnx"));
        using var before = new InferenceSession(sound);
        var (input, output) = (before.InputMetadata.Single(), before.OutputMetadata.Keys.Single());
        var width = input.Value.Dimensions[1];
        var schema = new ModelSchema(ModelTask.Binary, "ill", [], [.. Enumerable.Range(0, width).Select(i => $"f{i}")], new(output, "FP32", [-1, 1]), null, null);
        using var fragile = new InferenceSession(FragileModel.Of(sound, schema, feature: 0, center: 7, half: 0.5f));

        Assert.Multiple(() =>
        {
            foreach (var value in new[] { -100f, 0, 1, 6.4f, 7.6f, 100 })
                Assert.That(Predict(fragile, value, width), Is.EqualTo(Predict(before, value, width)), $"{value}");
            Assert.That(Predict(fragile, 7.2f, width), Is.All.NaN);
            Assert.That(fragile.ModelMetadata.CustomMetadataMap, Is.EqualTo(before.ModelMetadata.CustomMetadataMap));
        });
    }

    private static float[] Predict(InferenceSession session, float value, int width)
    {
        using var run = new RunOptions();
        using var row = OrtValue.CreateTensorValueFromMemory<float>([value, .. new float[width - 1]], [1, width]);
        using var outputs = session.Run(run, [session.InputMetadata.Keys.Single()], [row], [session.OutputMetadata.Keys.Single()]);
        return [.. outputs[0].GetTensorDataAsSpan<float>()];
    }
}
