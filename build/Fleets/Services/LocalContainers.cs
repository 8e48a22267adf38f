using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// How containers of an environment are run on this machine: restricted as on ECS; on the network of the machine, so that addresses are what they
/// are for processes; and as the person who asked, so that what they write is that person's.
/// </summary>
public sealed class LocalContainers(LocalEngine engine, LocalFolders folders, TimeProvider time)
{
    // checkouts have environments of the same name, and one engine
    private readonly string _prefix =
        $"slipway-{Path.GetFileName(folders.Root)}-{Sha256Hex.Of(folders.Root)[..6]}";

    public DockerTool Docker(CancellationToken cancellation = default) => engine.Docker(cancellation);

    public string RecordOf(ServiceRecord service) => new ServiceRecords(folders).PathOf(service.Name);

    /// <summary>The name of what there is one of at a time.</summary>
    public string NameOf(string what) => $"{_prefix}-{what}";

    /// <summary>A name that nothing had before.</summary>
    public string NewName(string what) =>
        $"{NameOf(what)}-{time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture)}";

    public ContainerRun Run(string image, string name, IReadOnlyList<string> command, IEnumerable<ContainerMount> mounts) => new(image, [.. command])
    {
        Name = name,
        User = User(),
        Mounts = [.. mounts],
        Labels = new Dictionary<string, string> { ["dev.slipway.environment"] = folders.Root },
    };

    // where there are no such numbers, the engine is in a virtual machine that maps owners by itself
    private static string? User() => OperatingSystem.IsWindows() ? null : $"{geteuid()}:{getegid()}";

#pragma warning disable IDE1006 // names of the C library
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint getegid();
#pragma warning restore IDE1006
}
