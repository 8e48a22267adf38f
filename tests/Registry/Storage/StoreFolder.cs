using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

/// <summary>A directory store for one test.</summary>
public sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-registry-");

    public StoreFolder()
    {
        Root = Path.Combine(_folder.FullName, "store");
        Store = new(Root);
        Probe = new(Store);
    }

    public string Root { get; }
    public DirectoryObjectStore Store { get; }
    public ObjectStoreProbe Probe { get; }

    /// <summary>A path next to the store.</summary>
    public string Beside(string name) => Path.Combine(_folder.FullName, name);

    public string FileOf(string key) => Path.Combine(Root, key);

    /// <summary>Everything in the store's folder, housekeeping included, lock files left out because they stay by design.</summary>
    public string[] AllFiles() => !Directory.Exists(Root) ? [] :
        [.. Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.StartsWith(".locks", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    public void Drop(string key, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(key))!);
        File.WriteAllText(FileOf(key), content);
    }

    public void Dispose() => TestFolder.Remove(_folder);
}
