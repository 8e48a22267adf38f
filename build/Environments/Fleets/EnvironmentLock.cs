using System.Globalization;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets;

/// <summary>
/// Only one command at a time changes an environment. The operating system holds the lock, so it ends with the process that took it, however that ends.
/// </summary>
public sealed class EnvironmentLock : IDisposable, IEnvironmentLock
{
    private const string NoteEnding = ".holder";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;

    private EnvironmentLock(FileStream file) => _file = file;

    /// <summary>Never cancelled: the operating system does not take the lock away.</summary>
    public CancellationToken Lost => CancellationToken.None;

    /// <param name="what">The target that takes the lock, for commands that find it taken.</param>
    /// <exception cref="SlipwayException">Another command holds it; the message says which.</exception>
    public static EnvironmentLock Take(LocalFolders folders, string what, TimeProvider time) =>
        TryTake(PathOf(folders), what, time, out var held)
        ?? throw new SlipwayException(
            $"Another command is changing this environment: {Holder(PathOf(folders))}. Nothing was changed; wait until it has ended and run this again.", held!);

    /// <summary>The same, with the longer timeout of a long-running command.</summary>
    /// <param name="waiting">Called once with the command that holds it.</param>
    /// <returns>Null if that command still holds it after <paramref name="timeout"/>.</returns>
    public static async Task<EnvironmentLock?> WaitForAsync(
        LocalFolders folders, string what, TimeSpan timeout, Action<string> waiting, TimeProvider time, CancellationToken cancellation)
    {
        var path = PathOf(folders);
        var started = time.GetTimestamp();
        for (var first = true; ; first = false)
        {
            if (TryTake(path, what, time, out _) is { } taken)
                return taken;
            if (first)
                waiting(Holder(path));
            if (time.GetElapsedTime(started) >= timeout)
                return null;
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Only one watcher at a time watches an environment. It does not block other commands while nothing arrives.</summary>
    /// <exception cref="SlipwayException">A watcher is already running.</exception>
    public static EnvironmentLock TakeWatch(LocalFolders folders, TimeProvider time)
    {
        var path = Path.Combine(folders.Run, "watch.lock");
        return TryTake(path, "Watch", time, out var held)
            ?? throw new SlipwayException($"This environment is already being watched: {Holder(path)}. That watcher processes new datasets; stop it with Ctrl+C to start another.", held!);
    }

    private static EnvironmentLock? TryTake(string path, string what, TimeProvider time, out IOException? held)
    {
        try
        {
            // FileShare.None is flock on Unix: advisory, between processes. The note next to it stays readable.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Note(path, $"{what}, process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}, since {time.GetUtcNow():u}");
            held = null;
            return new(file);
        }
        catch (IOException e)
        {
            held = e;
            return null;
        }
    }

    private static string PathOf(LocalFolders folders) => Path.Combine(folders.Run, "lock");

    private static string Holder(string path) => File.Exists(path + NoteEnding) ? File.ReadAllText(path + NoteEnding) : "an unknown command";

    private static void Note(string path, string holder)
    {
        try
        {
            File.WriteAllText(path + NoteEnding, holder);
        }
        catch (IOException)
        {
            // The note is a courtesy. A full disk is reported where it causes a loss.
        }
    }

    public void Dispose() => _file.Dispose();

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
