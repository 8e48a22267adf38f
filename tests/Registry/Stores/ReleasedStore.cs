using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Stores;

/// <summary>A copy of a store that a release left, to be carried on.</summary>
public sealed class ReleasedStore : IDisposable
{
    private static readonly string Stores = Path.Combine(TestContext.CurrentContext.TestDirectory, "Stores");
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-released-");

    public ReleasedStore(string release)
    {
        Root = Path.Combine(_folder.FullName, "store");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Stores, release, "store"), "*", Everything))
        {
            var copy = Path.Combine(Root, Path.GetRelativePath(Path.Combine(Stores, release, "store"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Store = new(Root);
        Trusted = TrustedKeys.Read(Path.Combine(Stores, release, "trusted-keys.pem"));
    }

    /// <summary>Every release of which a store was kept.</summary>
    public static IEnumerable<string> All() =>
        Directory.EnumerateDirectories(Path.Combine(TestContext.CurrentContext.TestDirectory, "Stores")).Select(folder => Path.GetFileName(folder));

    public string Root { get; }
    public DirectoryObjectStore Store { get; }

    /// <summary>Whose signatures were made there.</summary>
    public IReadOnlyList<TrustedKey> Trusted { get; }

    public string FileOf(string key) => Path.Combine(Root, key);

    public void Dispose() => TestFolder.Remove(_folder);
}
