using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Inference.Monitoring;

/// <summary>The baseline in an unpacked archive. A version without a usable one is served all the same: it is not monitored for drift.</summary>
public static class BaselineFile
{
    public static FeatureBaseline? Read(string folder)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, ArtifactFiles.Baseline));
            if (!file.Exists || file.Length > FeatureBaselines.MaxFileBytes)
                return null;
            return CompleteJson.Deserialize(File.ReadAllBytes(file.FullName), RegistryJson.Default.FeatureBaseline);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
