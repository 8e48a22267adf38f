using System.Runtime.InteropServices;

namespace Slipway.Registry;

/// <summary>
/// The official builds of ONNX Runtime send usage telemetry to their vendor over HTTPS, with a device id (see Privacy.md in the
/// package). What a team's servers and jobs do must stay with the team.
/// </summary>
public static class OnnxTelemetry
{
    /// <summary>Read by ONNX Runtime when it starts; setting it later has no effect.</summary>
    public const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>Must be called before any use of ONNX Runtime.</summary>
    public static void TurnOff()
    {
        // on Unix, .NET's own environment is a copy that native libraries do not see
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(Switch, "1");
        else
            _ = SetVariable(Switch, "1", overwrite: 1);
    }

    [DllImport("libc", EntryPoint = "setenv", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
