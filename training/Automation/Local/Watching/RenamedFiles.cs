using System.Collections.Concurrent;
using Slipway.Registry;

namespace Slipway.Automation.Local.Watching;

/// <summary>
/// Datasets that were renamed within the dataset folders, as the system reports it. They are complete: whoever writes a file under another name renames it at the end.
/// Scans find every file without it: where nothing is reported, as on some network drives, a dataset arrives when it has stopped changing.
/// </summary>
public sealed class RenamedFiles : IDisposable
{
    private const int MaxWaiting = 10_000;

    private readonly FileSystemWatcher? _watcher;
    private readonly ConcurrentDictionary<string, bool> _keys = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = NewSource();

    public RenamedFiles(DatasetFolder folder)
    {
        try
        {
            _watcher = new(Directory.CreateDirectory(folder.Root).FullName)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName,
            };
            _watcher.Renamed += (_, renamed) => Add(Path.GetRelativePath(_watcher.Path, renamed.FullPath));
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // the system watches no more folders
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Completes when something was renamed since the last <see cref="Take"/>.</summary>
    public Task News => Volatile.Read(ref _news).Task;

    /// <returns>The keys of what was renamed since the last call.</returns>
    public IReadOnlySet<string> Take()
    {
        // first, so that whatever is renamed from now on is news
        Interlocked.Exchange(ref _news, NewSource());
        return _keys.Keys.Where(key => _keys.TryRemove(key, out _)).ToHashSet(StringComparer.Ordinal);
    }

    public void Dispose() => _watcher?.Dispose();

    private void Add(string path)
    {
        if (_keys.Count < MaxWaiting)
            _keys[StoreKeys.Datasets + path.Replace(Path.DirectorySeparatorChar, '/')] = true;
        Volatile.Read(ref _news).TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
