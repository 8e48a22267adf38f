using System.Formats.Tar;
using System.Text;

namespace Slipway.Containers.Tests.Engine;

/// <summary>A root file system as a tar file, everything in it owned by root. The old top folders are links into /usr, as Debian has them.</summary>
internal sealed class RootFileSystem : IAsyncDisposable
{
    private static readonly string[] Merged = ["bin", "lib", "lib64", "sbin"];

    private readonly TarWriter _tar;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public RootFileSystem(string file)
    {
        _tar = new(new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20), TarEntryFormat.Pax);
        AddFolders([.. Merged.Select(folder => $"usr/{folder}"), "etc/ssl/certs", "var/lib/dpkg"]);
        foreach (var folder in Merged)
            AddLink(folder, $"usr/{folder}");
        Write(new PaxTarEntry(TarEntryType.Directory, "tmp") { Mode = (UnixFileMode)0x3FF }); // 1777
    }

    public void AddFolders(params IEnumerable<string> folders)
    {
        foreach (var folder in folders)
            Parent($"{folder}/x");
    }

    /// <summary>The files of installed packages, without documentation, and dpkg's records of them.</summary>
    public async Task AddPackagesAsync(IReadOnlyList<string> packages)
    {
        var files = await Shell.RunAsync("dpkg-query", ["--listfiles", .. packages]);
        foreach (var path in files.Split('\n').Where(line => line.StartsWith('/') && !line.StartsWith("/usr/share/doc", StringComparison.Ordinal) && !line.StartsWith("/usr/share/man", StringComparison.Ordinal)))
            if (File.Exists(path))
                AddFile(path, InUsr(path.TrimStart('/')));
        AddText("var/lib/dpkg/status", await Shell.RunAsync("dpkg-query", ["--status", .. packages]));
    }

    public void AddTree(string folder, string name)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            AddFile(file, $"{name}/{Path.GetRelativePath(folder, file)}");
    }

    public void AddFile(string path, string name)
    {
        if (_names.Contains(name))
            return;
        Parent(name);
        if (new FileInfo(path).LinkTarget is { } target && !name.StartsWith("etc/os-release", StringComparison.Ordinal))
        {
            AddLink(name, target);
            return;
        }

        using var content = File.OpenRead(path);
        Write(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = File.GetUnixFileMode(path) & (UnixFileMode)0x1FF });
    }

    public void AddText(string name, string text)
    {
        Parent(name);
        Write(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), Mode = (UnixFileMode)0x1A4 }); // 0644
    }

    public void AddLink(string name, string target)
    {
        if (!_names.Contains(name))
            Write(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });
    }

    public ValueTask DisposeAsync() => _tar.DisposeAsync();

    private static string InUsr(string name) => Merged.Contains(name.Split('/')[0]) ? $"usr/{name}" : name;

    private void Parent(string name)
    {
        for (var slash = name.IndexOf('/'); slash > 0; slash = name.IndexOf('/', slash + 1))
            if (!_names.Contains(name[..slash]))
                Write(new PaxTarEntry(TarEntryType.Directory, name[..slash]) { Mode = (UnixFileMode)0x1ED }); // 0755
    }

    private void Write(PaxTarEntry entry)
    {
        if (_names.Add(entry.Name))
            _tar.WriteEntry(entry);
    }
}
