using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Automation.Tests.Aws;

/// <summary>The files of a small model that a trainer would leave.</summary>
internal sealed class CandidateFolder : IDisposable
{
    public CandidateFolder(byte fill, double averagePrecision, byte[] spec, string datasetSha256)
    {
        byte[] onnx = [0x08, 0x08, 0x3A, 0x02, 0x12, 0x00, 0x12, 0x01, fill];
        File.WriteAllBytes(System.IO.Path.Combine(Path, ArtifactFiles.Onnx), onnx);
        File.WriteAllBytes(System.IO.Path.Combine(Path, ArtifactFiles.Spec), spec);
        Write(ArtifactFiles.Schema, new(
            ModelTask.Binary, "failed", [new("pressure", ColumnKind.Numeric, null, 1, 0, 9)], ["pressure"],
            new("probability", "FP32", [-1, 1]), 0.5, ["0", "1"]), RegistryJson.Default.ModelSchema);
        Write(ArtifactFiles.Metrics, new(
            new Dictionary<string, Metric> { ["averagePrecision"] = new(averagePrecision) }, [], null,
            new(3, 1, 1, 1, new Dictionary<string, double>(), 0.5), 10, 9), RegistryJson.Default.ModelMetrics);
        Write(ArtifactFiles.Golden, new([new Dictionary<string, string?> { ["pressure"] = "1" }], [[1f]], [[0.5f]], 1e-5), RegistryJson.Default.GoldenSet);
        Write(ArtifactFiles.Training, new(
            "linear", new Dictionary<string, string> { ["l2"] = "0.1" }, 1, datasetSha256, 3,
            Convert.ToHexStringLower(SHA256.HashData(onnx)), "X64", new Dictionary<string, string> { ["Microsoft.ML"] = "5.0.1" }), RegistryJson.Default.TrainingEvidence);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("slipway-left-").FullName;

    public void Dispose() => TestFolder.Remove(Path);

    private void Write<T>(string file, T value, JsonTypeInfo<T> type) =>
        File.WriteAllBytes(System.IO.Path.Combine(Path, file), JsonSerializer.SerializeToUtf8Bytes(value, type));
}
