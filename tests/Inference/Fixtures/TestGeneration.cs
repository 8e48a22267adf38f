using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Generations;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Fixtures;

/// <summary>Generations without a store: loaded, and not verified.</summary>
internal static class TestGeneration
{
    /// <param name="disagreement">With the champion, as the gate measured it.</param>
    public static ModelGeneration Of(TestModel version, int number, PredictedDisagreement? disagreement = null, int? champion = null)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        return new(Profile(TestModel.Schema, number, disagreement, champion), new InferenceSession(version.ToOnnx(), options), new(TimeSpan.FromMinutes(1), TimeProvider.System)) { Baseline = version.Baseline };
    }

    public static ModelProfile Profile(ModelSchema schema, int number = 1, PredictedDisagreement? disagreement = null, int? champion = null) => new(new ModelManifest(
        "pump", number, new("", "", 0, $"archive-{number}", $"onnx-{number}"), schema,
        new(new Dictionary<string, Metric>(), [], null, new(0, 0, 0, 0, new Dictionary<string, double>(), null), 0, 0, Disagreement: disagreement),
        new(true, champion, []),
        new("pump-0123456789ab-a1", "pump", new("", "", "", 0, 0), "", "", new Dictionary<string, string>(), 1, new("", false),
            new("", "", new Dictionary<string, string>()), null, DateTimeOffset.UnixEpoch, null),
        DateTimeOffset.UnixEpoch));

    /// <summary>Runs one row, and notes it as a request does that took this long.</summary>
    public static void Answer(this ModelGeneration generation, TimeSpan elapsed, params float[] row)
    {
        var batch = generation.Rent(1);
        row.CopyTo(batch.Inputs);
        batch.Run();
        generation.Traffic!.Answered(batch, elapsed, 0);
        generation.Return(batch);
    }
}
