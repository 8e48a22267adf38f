using System.Runtime.InteropServices;

namespace Slipway.Registry;

/// <summary>
/// The official builds of ONNX Runtime tell its makers over HTTPS how they are used, and keep an identity of the device for it (Privacy.md of the
/// package). What a team's servers and jobs do is the team's.
/// </summary>
public static class OnnxTelemetry
{
    /// <summary>What ONNX Runtime looks for when it starts; later it is too late.</summary>
    public const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>Call it before anything of ONNX Runtime.</summary>
    public static void TurnOff()
    {
        // on Unix, .NET's own environment is a copy that no native library sees
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(Switch, "1");
        else
            _ = SetVariable(Switch, "1", overwrite: 1);
    }

    [DllImport("libc", EntryPoint = "setenv", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
