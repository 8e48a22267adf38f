namespace Slipway.Containers.Tests.Engine;

/// <summary>
/// Base images out of the machine's own files, in seconds and without a network: they have the shape of the real ones (user, environment,
/// no shell, packages that scanners find), not their contents.
/// </summary>
internal static class StandInBases
{
    public const string Runtime = "slipway-tests/runtime:stand-in";
    public const string Libraries = "slipway-tests/libraries:stand-in";

    // Ubuntu 24.04 calls it by the size of its times
    private static readonly string OpenSsl = File.Exists("/var/lib/dpkg/info/libssl3t64:amd64.list") ? "libssl3t64" : "libssl3";

    /// <summary>Names them to the build.</summary>
    public static IReadOnlyList<string> Settings { get; } = [$"--Images_RuntimeImage={Runtime}", $"--Images_LibrariesImage={Libraries}"];

    private static readonly string[] RuntimePackages = ["libc6", "libgcc-s1", "libstdc++6", OpenSsl, "zlib1g", "ca-certificates", "tzdata"];

    private static readonly string[] LibrariesPackages =
    [
        "libc6", "libgcc-s1", "libgomp1", "dash", "coreutils", "dpkg", "libselinux1", "libpcre2-8-0", "libacl1", "libattr1", "libgmp10", "libmd0",
        "zlib1g", "libbz2-1.0", "liblzma5", "libzstd1",
    ];

    public static async Task BuildAsync(string folder)
    {
        if ((await Shell.TryAsync("dpkg-query", ["--show", .. RuntimePackages, .. LibrariesPackages])) is { ExitCode: not 0 } missing)
            Assert.Ignore($"The container tests make their base images out of Debian packages of this machine, and some are missing. Get them with .ci/install, or apt-get install.\n{missing.Error}");
        await Task.WhenAll(RuntimeAsync(Path.Combine(folder, "runtime.tar")), LibrariesAsync(Path.Combine(folder, "libraries.tar")));
    }

    private static async Task RuntimeAsync(string file)
    {
        await using (var root = new RootFileSystem(file))
        {
            root.AddFolders("usr/share/dotnet", "home/app");
            await root.AddPackagesAsync(RuntimePackages);
            root.AddText("etc/passwd", "root:x:0:0:root:/root:/usr/sbin/nologin\napp:x:1654:1654::/home/app:/usr/sbin/nologin\n");
            root.AddText("etc/group", "root:x:0:\napp:x:1654:\n");
            root.AddFile("/etc/os-release", "etc/os-release");
            root.AddFile("/etc/ssl/certs/ca-certificates.crt", "etc/ssl/certs/ca-certificates.crt");
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var dotnet = Path.GetFullPath(Path.Combine(runtime, "../../.."));
            var version = Path.GetFileName(runtime);
            root.AddFile(Path.Combine(dotnet, "dotnet"), "usr/share/dotnet/dotnet");
            root.AddLink("usr/bin/dotnet", "/usr/share/dotnet/dotnet");
            foreach (var part in new[] { $"host/fxr/{version}", $"shared/Microsoft.NETCore.App/{version}", $"shared/Microsoft.AspNetCore.App/{version}" })
                root.AddTree(Path.Combine(dotnet, part), $"usr/share/dotnet/{part}");
        }

        await ImportAsync(file, Runtime,
            "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "ENV APP_UID=1654", "ENV ASPNETCORE_HTTP_PORTS=8080",
            "ENV DOTNET_RUNNING_IN_CONTAINER=true", "ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true");
    }

    private static async Task LibrariesAsync(string file)
    {
        await using (var root = new RootFileSystem(file))
        {
            root.AddFolders("var/lib/dpkg/info", "var/lib/dpkg/updates");
            await root.AddPackagesAsync(LibrariesPackages);
            root.AddText("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
            root.AddText("etc/group", "root:x:0:\n");
            root.AddLink("usr/bin/sh", "dash");
        }

        await ImportAsync(file, Libraries, "ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    }

    private static async Task ImportAsync(string file, string name, params string[] changes)
    {
        if ((await Shell.TryAsync("docker", ["import", .. changes.SelectMany(change => new[] { "--change", change }), file, name])) is { ExitCode: not 0 } refused)
            Assert.Ignore($"The Docker engine responds, but cannot load an image. {ContainerEngine.InstallHint}\n{refused.Error}");
        File.Delete(file);
    }
}
