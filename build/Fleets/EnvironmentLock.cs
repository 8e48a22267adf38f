using System.Globalization;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// Only one command at a time changes an environment. The operating system holds the lock, so it ends with the process that took it, however that ends.
/// </summary>
public sealed class EnvironmentLock : IDisposable
{
    private const string NoteEnding = ".holder";

    private readonly FileStream _file;

    private EnvironmentLock(FileStream file) => _file = file;

    /// <param name="what">The target that asks, for whoever finds the lock taken.</param>
    /// <exception cref="SlipwayException">Another command holds it; the message says which.</exception>
    public static EnvironmentLock Take(LocalFolders folders, string what, TimeProvider time)
    {
        var path = Path.Combine(folders.Run, "lock");
        FileStream file;
        try
        {
            // FileShare.None is flock on Unix: advisory, between processes. The note beside it stays readable.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new SlipwayException(
                $"Another command is changing this environment: {Holder(path)}. Nothing was changed; wait until it has ended and run this again.", e);
        }

        Note(path, $"{what}, process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}, since {time.GetUtcNow():u}");
        return new(file);
    }

    private static string Holder(string path) => File.Exists(path + NoteEnding) ? File.ReadAllText(path + NoteEnding) : "an unknown command";

    private static void Note(string path, string holder)
    {
        try
        {
            File.WriteAllText(path + NoteEnding, holder);
        }
        catch (IOException)
        {
            // The note is a courtesy. A full disk is reported where something is lost by it.
        }
    }

    public void Dispose() => _file.Dispose();
}
