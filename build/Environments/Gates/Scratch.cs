using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Environments.Gates;

/// <summary>The environment in which candidates are tried: one that nobody is served from, and that begins empty each time.</summary>
public sealed class Scratch : IDisposable
{
    /// <summary>No environment of a team can be called so: names have no dots.</summary>
    public const string Name = "gate.scratch";

    private readonly EnvironmentLock _held;

    private Scratch(LocalEnvironment environment, EnvironmentLock held) => (Environment, _held) = (environment, held);

    public LocalEnvironment Environment { get; }

    /// <param name="target">Who asks, for whoever finds it taken.</param>
    /// <exception cref="SlipwayException">Another command works in it, or it can not be emptied.</exception>
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

    // releases are named by their content, so those of before are as good as new ones
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
            throw new SlipwayException($"What the trial before left in '{folders.Root}' can not be removed: {e.Message} Remove the folder by hand.", e);
        }
    }
}
