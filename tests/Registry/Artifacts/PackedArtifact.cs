using System.Text.Json;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Artifacts;

/// <summary>The archive that a trainer would leave with these files.</summary>
internal static class PackedArtifact
{
    public static Task<byte[]> CreateAsync(byte[] onnx, GoldenSet golden, FeatureBaseline? baseline = null)
    {
        var files = new Dictionary<string, byte[]> { [ArtifactFiles.Onnx] = onnx, [ArtifactFiles.Golden] = JsonSerializer.SerializeToUtf8Bytes(golden, RegistryJson.Default.GoldenSet) };
        if (baseline is not null)
            files[ArtifactFiles.Baseline] = JsonSerializer.SerializeToUtf8Bytes(baseline, RegistryJson.Default.FeatureBaseline);
        return CreateAsync(files);
    }

    public static async Task<byte[]> CreateAsync(IReadOnlyDictionary<string, byte[]> files)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-pack-");
        try
        {
            foreach (var (name, content) in files)
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), content);
            using var archive = new MemoryStream();
            await ArtifactArchive.PackAsync(folder.FullName, archive, CancellationToken.None);
            return archive.ToArray();
        }
        finally
        {
            TestFolder.Remove(folder);
        }
    }
}
