using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;

namespace Slipway.Trainer.Trainers.LightGbm;

/// <summary>LightGBM's native library, which does not exist for every platform, and which needs an OpenMP library that not every machine has.</summary>
internal static class LightGbmLibrary
{
    private const string Name = "lib_lightgbm";

    /// <summary>Why it cannot be loaded here, and how to install what is missing, in one or two sentences; null if it can be loaded.</summary>
    public static string? Problem { get; } = NativeLibrary.TryLoad(Name, typeof(LightGbmBinaryTrainer).Assembly, searchPath: null, out _)
        ? null
        : Explain(RuntimeInformation.RuntimeIdentifier, Folders().Any(folder => File.Exists(Path.Combine(folder, FileName))));

    /// <param name="platform">A runtime identifier, such as <c>linux-arm64</c>.</param>
    /// <param name="isThere">Whether the package contains the library for this platform.</param>
    public static string Explain(string platform, bool isThere) => isThere
        ? $"LightGBM's native library is installed, but cannot be loaded on this machine ({platform}). {Remedy(platform)}"
        : $"LightGBM has no native library for this platform ({platform}).";

    private static string Remedy(string platform) => platform switch
    {
        _ when platform.StartsWith("win", StringComparison.Ordinal) =>
            "It needs the Visual C++ Redistributable: winget install Microsoft.VCRedist.2015+.x64",
        _ when platform.StartsWith("osx", StringComparison.Ordinal) => "It needs libomp: brew install libomp",
        _ => "It needs libgomp: apt-get install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora, Red Hat), or apk add libgomp (Alpine)",
    };

    private static string FileName => OperatingSystem.IsWindows() ? $"{Name}.dll" : OperatingSystem.IsMacOS() ? $"{Name}.dylib" : $"{Name}.so";

    // where the host found native libraries for this platform, and the program's own folder
    private static IEnumerable<string> Folders() =>
        $"{AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES")}".Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory);
}
