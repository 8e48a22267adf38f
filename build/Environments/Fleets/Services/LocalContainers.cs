using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Build.Images.Docker;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>
/// How an environment's containers run on this machine: with the restrictions of ECS; on the host network, so that addresses are the same as
/// for processes; and as the current user, so that the files that they write belong to that user.
/// </summary>
public sealed class LocalContainers(LocalEngine engine, LocalFolders folders, TimeProvider time)
{
    // several checkouts can have environments of the same name, but share one engine
    private readonly string _prefix =
        $"slipway-{Path.GetFileName(folders.Root)}-{Sha256Hex.Of(folders.Root)[..6]}";

    public DockerTool Docker(CancellationToken cancellation = default) => engine.Docker(cancellation);

    public string RecordOf(ServiceRecord service) => new ServiceRecords(folders).PathOf(service.Name);

    /// <summary>The container name of something that exists once at a time.</summary>
    public string NameOf(string what) => $"{_prefix}-{what}";

    /// <summary>A container name that nothing had before.</summary>
    public string NewName(string what) =>
        $"{NameOf(what)}-{time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture)}";

    public ContainerRun Run(string image, string name, IReadOnlyList<string> command, IEnumerable<ContainerMount> mounts) => new(image, [.. command])
    {
        Name = name,
        User = User(),
        Mounts = [.. mounts],
        Labels = new Dictionary<string, string> { ["dev.slipway.environment"] = folders.Root },
    };

    // without user ids, the engine is in a virtual machine that maps file owners itself
    private static string? User() => OperatingSystem.IsWindows() ? null : $"{geteuid()}:{getegid()}";

#pragma warning disable IDE1006 // names from the C library
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint getegid();
#pragma warning restore IDE1006
}
