using System.Security.Cryptography;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;

namespace Slipway.Registry.Tests.Manifests;

/// <summary>Manifests as tests need them.</summary>
public static class SampleManifests
{
    public const string Model = "pumps";

    /// <summary>The same for all: it costs more to make than to use.</summary>
    public static LocalKeySigner Signer { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static ModelSchema Schema { get; } = new(
        ModelTask.Binary, "failure",
        [new("type", ColumnKind.Categorical, ["H", "L"], null, null, null), new("torque", ColumnKind.Numeric, null, 40, 3, 77)],
        ["type=H", "type=L", "torque"], new("probability", "FP32", [-1, 1]), 0.5, ["no", "yes"]);

    public static ModelMetrics Metrics { get; } = new(
        new Dictionary<string, Metric> { ["averagePrecision"] = new(0.9, 0.88, 0.92) }, [], null,
        new(10_000, 6000, 2000, 2000, new Dictionary<string, double> { ["type"] = 0, ["torque"] = 0.01 }, 0.034), 120, 50_000);

    public static ModelManifest Create(int version, string? job = null, string model = Model, int? parent = null) => new(
        model, version, new($"training-jobs/{model}-{version}-a1/output/model.tar.gz", "v", 100, Digest(1000 + version), OnnxSha256(version)), Schema, Metrics,
        new(true, null, []), Lineage(model, job ?? $"{model}-{version}-a1", parent is 0 ? null : parent), DateTimeOffset.UnixEpoch);

    /// <summary>Of the model file of a version.</summary>
    public static string OnnxSha256(int version) => Digest(version);

    private static Lineage Lineage(string model, string job, int? parent) => new(
        job, model, new($"datasets/{model}/a.csv", "v", Digest(7), 1000, 100), Digest(8), "linear", new Dictionary<string, string>(), 1,
        new("unknown", true), new("release", "X64", new Dictionary<string, string>()), parent, DateTimeOffset.UnixEpoch, null);

    private static string Digest(int number) => number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
}
