using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Evidence;

/// <summary>What determines the bytes of a model in addition to its data: the versions of the libraries, and the processor architecture.</summary>
public static class Libraries
{
    public static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    public static IReadOnlyDictionary<string, string> Versions { get; } = Present().ToDictionary();

    private static IEnumerable<KeyValuePair<string, string>> Present()
    {
        yield return new(".NET", Environment.Version.ToString());
        yield return new("ML.NET", VersionOf(typeof(MLContext).Assembly));
        if (LightGbmLibrary.Problem is null)
            yield return new("LightGBM", NativeLightGbm());
        yield return new("ONNX Runtime", OrtEnv.Instance().GetVersionString());
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    // the native library does not report its version; the build records that of its package
    private static string NativeLightGbm() => typeof(Libraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "LightGBM").Value!;
}
