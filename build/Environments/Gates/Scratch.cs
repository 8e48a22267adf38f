using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Environments.Gates;

/// <summary>The environment that trials run in: it serves nobody, and is empty at the start of each run.</summary>
public sealed class Scratch : IDisposable
{
    /// <summary>No configured environment can have this name: names have no dots.</summary>
    public const string Name = "gate.scratch";

    private readonly EnvironmentLock _held;

    private Scratch(LocalEnvironment environment, EnvironmentLock held) => (Environment, _held) = (environment, held);

    public LocalEnvironment Environment { get; }

    /// <param name="target">Who holds the lock, for commands that find it taken.</param>
    /// <exception cref="SlipwayException">Another command uses it, or it cannot be emptied.</exception>
    public static Scratch Open(LocalEnvironment environment, string target)
    {
        var held = environment.Lock(target);
        try
        {
            Empty(environment.Folders);
            return new(environment, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _held.Dispose();

    // releases are named by their content, so existing ones are as good as new ones
    private static void Empty(LocalFolders folders)
    {
        try
        {
            foreach (var folder in new[] { folders.Store, folders.Work, folders.Logs })
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException($"The files of the previous trial in '{folders.Root}' cannot be deleted: {e.Message} Delete the folder by hand.", e);
        }
    }
}
