using Slipway.Automation.Datasets;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>The content of the dataset folders.</summary>
/// <param name="IgnoredEntries">Entries that are ignored, by path, each with the reason for people.</param>
public sealed record DatasetScan(IReadOnlyList<DatasetFile> Files, IReadOnlyDictionary<string, string> IgnoredEntries);

/// <summary>Scans <c>datasets/</c> in the store's folder. It reads names, sizes and times, never content.</summary>
/// <param name="root">The store's folder.</param>
public sealed class DatasetFolder(string root)
{
    /// <summary>Only a model's latest files are tracked; a folder that nobody cleans up must not fill the memory.</summary>
    public const int MaxFiles = 1000;

    private const int MaxIgnoredEntries = 100;

    // no system files to skip on Unix, and an unreadable folder must be reported
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>The folder that contains those of all models. It need not exist.</summary>
    public string Root { get; } = Path.Combine(root, StoreKeys.Datasets);

    /// <summary>The folder for a model's datasets: a full path.</summary>
    public string Of(string model) => Path.GetFullPath(Path.Combine(root, StoreKeys.DatasetsOf(model)));

    /// <summary>The same, and creates the folder, so that files can be put into it.</summary>
    public string Prepare(string model) => Directory.CreateDirectory(Of(model)).FullName;

    /// <param name="models">The names that have a <c>model.json</c>.</param>
    public DatasetScan Scan(IReadOnlyCollection<string> models)
    {
        var files = new List<DatasetFile>();
        var ignored = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Entries(Root, Ignore))
            if (entry is not DirectoryInfo)
                Ignore(entry, $"is not in a model's folder. Move it to {Of("<model>")}");
            else if (models.Contains(entry.Name))
                files.AddRange(ScanModel(entry.Name, entry.FullName, Ignore));
            else
                Ignore(entry, $"does not match a model in training/models, so it is ignored.{Suggestion.DidYouMean(entry.Name, models)} {Known(models)}");
        return new(files, ignored);

        void Ignore(FileSystemInfo entry, string reason) => Note(ignored, entry, reason);
    }

    private List<DatasetFile> ScanModel(string model, string folder, Action<FileSystemInfo, string> ignore)
    {
        var files = new List<DatasetFile>();
        foreach (var entry in Entries(folder, ignore))
            if (entry is DirectoryInfo)
                ignore(entry, "is a folder inside a model's folder and is ignored. Move its files up");
            else if (!DatasetName.IsDataset(entry.Name))
                ignore(entry, $"is not a dataset: only files whose names end in {DatasetName.Ending} are");
            else if (entry.LinkTarget is not null && DirectoryLinks.Outside(Path.GetFullPath(root), entry.FullName) is { } outside)
                ignore(entry, $"is a link to '{outside}' outside the store and is ignored. Put the file itself there");
            else if (Target(entry) is { } file)
                files.Add(new(model, entry.Name, file.Length, file.LastWriteTimeUtc));
            else
                ignore(entry, "is a broken link");

        if (files.Count <= MaxFiles)
            return files;
        ignore(new DirectoryInfo(folder), $"contains more than {MaxFiles} datasets, of which only the latest are watched. Move old ones away");
        return [.. files.OrderByDescending(file => file.Modified).ThenBy(file => file.Name, StringComparer.Ordinal).Take(MaxFiles)];
    }

    private static FileSystemInfo[] Entries(string folder, Action<FileSystemInfo, string> ignore)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything).Where(entry => !DatasetName.IsTemporary(entry.Name))];
        }
        catch (DirectoryNotFoundException)
        {
            return []; // nothing has been put there yet
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ignore(new DirectoryInfo(folder), $"cannot be read: {e.Message}");
            return [];
        }
    }

    // A link has the length and the time of its target.
    private static FileInfo? Target(FileSystemInfo entry)
    {
        try
        {
            var target = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true);
            return target is FileInfo { Exists: true } file ? file : null;
        }
        catch (IOException)
        {
            return null; // it is circular
        }
    }

    private static void Note(Dictionary<string, string> ignored, FileSystemInfo entry, string reason)
    {
        if (ignored.Count < MaxIgnoredEntries)
            ignored[entry.FullName] = reason;
    }

    private static string Known(IReadOnlyCollection<string> models) =>
        models.Count == 0 ? "There are no models yet." : $"Models: {string.Join(", ", models)}.";
}
