using System.Globalization;
using System.Text;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// Only one command at a time changes an environment. The operating system holds the lock, so it ends with the process that took it, however that ends.
/// </summary>
public sealed class EnvironmentLock : IDisposable
{
    private readonly FileStream _file;

    private EnvironmentLock(FileStream file) => _file = file;

    /// <param name="what">The target that asks, for whoever finds the lock taken.</param>
    /// <exception cref="SlipwayException">Another command holds it; the message says which.</exception>
    public static EnvironmentLock Take(LocalFolders folders, string what, TimeProvider time)
    {
        var path = Path.Combine(folders.Run, "lock");
        try
        {
            // FileShare.None is flock on Unix: advisory, between processes. The note beside it stays readable.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(path + ".holder", $"{what}, process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}, since {time.GetUtcNow():u}", Encoding.UTF8);
            return new(file);
        }
        catch (IOException e)
        {
            var holder = File.Exists(path + ".holder") ? File.ReadAllText(path + ".holder") : "an unknown command";
            throw new SlipwayException(
                $"Another command is changing this environment: {holder}. Nothing was changed; wait until it has ended and run this again.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
