using Slipway.Automation.Datasets;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>What lies where datasets arrive.</summary>
/// <param name="Strays">What nobody will look at, by path, each with the reason for a person.</param>
public sealed record DatasetScan(IReadOnlyList<DatasetFile> Files, IReadOnlyDictionary<string, string> Strays);

/// <summary>Looks into <c>datasets/</c> of the store's folder. It reads names, sizes and times, never content.</summary>
/// <param name="root">The store's folder.</param>
public sealed class DatasetFolder(string root)
{
    /// <summary>Of a model's files the latest are followed; a folder that nobody clears must not fill the memory.</summary>
    public const int FilesAtMost = 1000;

    private const int StraysAtMost = 100;

    // no system files to pass over on Unix, and an unreadable folder is a finding, not nothing
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly string _datasets = Path.Combine(root, StoreKeys.Datasets);

    /// <summary>Where to drop a model's datasets: a full path.</summary>
    public string Of(string model) => Path.GetFullPath(Path.Combine(root, StoreKeys.DatasetsOf(model)));

    /// <summary>The same, and makes the folder, so that something can be dropped into it.</summary>
    public string Prepare(string model) => Directory.CreateDirectory(Of(model)).FullName;

    /// <param name="models">The names that have a <c>model.json</c>.</param>
    public DatasetScan Scan(IReadOnlyCollection<string> models)
    {
        var files = new List<DatasetFile>();
        var strays = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Entries(_datasets, Stray))
            if (entry is not DirectoryInfo)
                Stray(entry, $"lies in no model's folder. Move it to {Of("<model>")}");
            else if (models.Contains(entry.Name))
                files.AddRange(ScanModel(entry.Name, entry.FullName, Stray));
            else
                Stray(entry, $"names no model under training/models, so nothing is trained from it.{Suggestion.DidYouMean(entry.Name, models)} {Known(models)}");
        return new(files, strays);

        void Stray(FileSystemInfo entry, string reason) => Note(strays, entry, reason);
    }

    private List<DatasetFile> ScanModel(string model, string folder, Action<FileSystemInfo, string> stray)
    {
        var files = new List<DatasetFile>();
        foreach (var entry in Entries(folder, stray))
            if (entry is DirectoryInfo)
                stray(entry, "is a folder within a model's folder, which nothing is trained from. Move its files up");
            else if (!DatasetName.IsDataset(entry.Name))
                stray(entry, $"is no dataset: only files whose names end in {DatasetName.Ending} are");
            else if (entry.LinkTarget is not null && DirectoryLinks.Outside(Path.GetFullPath(root), entry.FullName) is { } outside)
                stray(entry, $"is a link that leads out of the store, to '{outside}', and nothing is read through it. Put the file itself there");
            else if (Target(entry) is { } file)
                files.Add(new(model, entry.Name, file.Length, file.LastWriteTimeUtc));
            else
                stray(entry, "is a link that leads to no file");

        if (files.Count <= FilesAtMost)
            return files;
        stray(new DirectoryInfo(folder), $"holds more than {FilesAtMost} datasets, of which the latest are watched. Move old ones away");
        return [.. files.OrderByDescending(file => file.Modified).ThenBy(file => file.Name, StringComparer.Ordinal).Take(FilesAtMost)];
    }

    private static FileSystemInfo[] Entries(string folder, Action<FileSystemInfo, string> stray)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything).Where(entry => !DatasetName.IsTemporary(entry.Name))];
        }
        catch (DirectoryNotFoundException)
        {
            return []; // nobody has dropped anything yet
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stray(new DirectoryInfo(folder), $"can not be looked into: {e.Message}");
            return [];
        }
    }

    // A link is as long and as old as what it leads to.
    private static FileInfo? Target(FileSystemInfo entry)
    {
        try
        {
            var target = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true);
            return target is FileInfo { Exists: true } file ? file : null;
        }
        catch (IOException)
        {
            return null; // it leads in a circle
        }
    }

    private static void Note(Dictionary<string, string> strays, FileSystemInfo entry, string reason)
    {
        if (strays.Count < StraysAtMost)
            strays[entry.FullName] = reason;
    }

    private static string Known(IReadOnlyCollection<string> models) =>
        models.Count == 0 ? "There is no model yet." : $"There are: {string.Join(", ", models)}.";
}
