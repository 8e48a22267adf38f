using System.Reflection.PortableExecutable;
using Slipway.Registry;

namespace Slipway.Build.Images.Packaging;

/// <summary>The build context of an image: <c>packages</c>, which change rarely, and <c>slipway</c>, which changes with every commit.</summary>
public sealed class ImageContext(string folder)
{
    private const string Own = "Slipway.";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly SortedDictionary<string, string> _digests = new(StringComparer.Ordinal);

    public string Folder { get; } = folder;

    /// <summary>Empties the folder.</summary>
    public void Clear()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        foreach (var part in new[] { "packages", "slipway" })
            Make(Path.Combine(Folder, part));
        _digests.Clear();
    }

    /// <summary>Adds a project's published output, without files that no container loads.</summary>
    /// <param name="words">Programs, and the names that they get.</param>
    /// <exception cref="SlipwayException">Another project added a different file of the same name.</exception>
    public void Add(string published, IReadOnlyDictionary<string, string> words)
    {
        foreach (var file in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories).Where(IsLoaded))
        {
            var name = Path.GetRelativePath(published, file).Replace('\\', '/');
            var program = !Path.HasExtension(name.Replace(Own, "", StringComparison.Ordinal)) && name.StartsWith(Own, StringComparison.Ordinal);
            if (!program)
                Add(file, name, name.StartsWith(Own, StringComparison.Ordinal) || name.Contains('/') ? "slipway" : "packages", Readable);
            foreach (var (word, _) in words.Where(word => program && word.Value == name))
                Add(file, word, "slipway", Runnable);
        }
    }

    /// <summary>Hashes the files, regardless of when they were created: two builds of the same sources have the same content.</summary>
    /// <param name="more">What else determines the image.</param>
    /// <returns>SHA-256 in hex digits.</returns>
    public string Content(IEnumerable<string> more) => Sha256Hex.Of(
        string.Join('\n', _digests.Select(file => $"{file.Key} {file.Value}").Concat(more)));

    private void Add(string file, string name, string part, UnixFileMode mode)
    {
        var digest = Sha256Hex.OfFile(file);
        if (_digests.TryGetValue($"{part}/{name}", out var other))
        {
            if (other != digest)
                throw new SlipwayException($"Two programs of one image contain different files named '{name}' ({file} and an earlier one). Use one version of the package that it comes from in Directory.Packages.props.");
            return;
        }

        var target = Path.Combine(Folder, part, name);
        Make(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(target, mode);
        _digests[$"{part}/{name}"] = digest;
    }

    // a folder keeps its mode in the image, where another user reads it, so set it regardless of the umask here
    private void Make(string path)
    {
        Directory.CreateDirectory(path);
        for (var made = path; !OperatingSystem.IsWindows() && made.Length >= Folder.Length; made = Path.GetDirectoryName(made)!)
            File.SetUnixFileMode(made, Runnable);
    }

    private static bool IsLoaded(string file) => Path.GetExtension(file) switch
    {
        ".pdb" => false,
        ".xml" => !File.Exists(Path.ChangeExtension(file, ".dll")),
        // packages contain Windows libraries for everybody
        ".dll" => IsManaged(file),
        _ => true,
    };

    private static bool IsManaged(string file)
    {
        using var library = new PEReader(File.OpenRead(file));
        try
        {
            return library.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
