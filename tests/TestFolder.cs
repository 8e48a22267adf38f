namespace Slipway.Tests;

/// <summary>Removes the folders of tests. Something may still write there: a process that was just stopped, or work that was abandoned.</summary>
internal static class TestFolder
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <exception cref="IOException">It cannot be removed; the message says what is still in it, and who uses it.</exception>
    public static void Remove(DirectoryInfo folder, TimeSpan? timeout = null) => Remove(folder.FullName, timeout);

    /// <inheritdoc cref="Remove(DirectoryInfo, TimeSpan?)"/>
    public static void Remove(string folder, TimeSpan? timeout = null)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{folder}' is not there.");
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (TryRemove(folder) is { } problem)
        {
            if (time.GetElapsedTime(started) >= (timeout ?? Timeout))
                throw new IOException($"'{folder}' cannot be removed: {problem.Message}{Describe(folder)}", problem);
            Task.Delay(Between, time).Wait();
        }
    }

    private static Exception? TryRemove(string folder)
    {
        try
        {
#pragma warning disable RS0030 // the one place for it
            Directory.Delete(folder, recursive: true);
#pragma warning restore RS0030
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) // .NET calls a path that is too long an empty argument
        {
            return Directory.Exists(folder) ? e : null;
        }
    }

    private static string Describe(string folder)
    {
        const int shown = 10;
        var left = Try(() => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Take(shown).ToList());
        return $"{Environment.NewLine}Left in it: {string.Join(", ", left)}{Environment.NewLine}Used by: {string.Join(", ", Users(folder))}";
    }

    // what processes have open below the folder, or run in; only Linux lists it
    private static IEnumerable<string> Users(string folder) =>
        from process in Try(() => Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)).ToList())
        from link in Try(() => Directory.EnumerateFiles(Path.Combine(process, "fd")).Prepend(Path.Combine(process, "cwd")).ToList())
        from file in Try(() => new List<string?> { new FileInfo(link).LinkTarget })
        where file is not null && (file == folder || file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        from command in Try(() => new List<string> { File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ').Trim() })
        select $"process {Path.GetFileName(process)} ({command}): {file}";

    // processes end, and files disappear, while they are listed
    private static List<T> Try<T>(Func<List<T>> list)
    {
        try
        {
            return list();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
