using System.Runtime.InteropServices;

namespace Slipway.Inference.Residency;

/// <summary>
/// Returns freed native memory to the system. glibc keeps it for later: after a model of trees was disposed, a process was seen to keep 400 of 450 MB, which then seem to be
/// in use to everything that measures. Small models are left to glibc, because it stops allocations for a moment.
/// </summary>
public static class FreedMemory
{
    private const long WorthReturning = 16 << 20;

    private static volatile bool _isAbsent = !OperatingSystem.IsLinux();

    /// <param name="freed">About how many bytes.</param>
    public static void Return(long freed)
    {
        if (freed < WorthReturning || _isAbsent)
            return;
        try
        {
            _ = Trim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            _isAbsent = true; // another C library
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keep);
}
