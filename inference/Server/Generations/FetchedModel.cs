using Slipway.Registry.Manifests;

namespace Slipway.Inference.Generations;

/// <summary>The files of a version, verified and on this machine until it is disposed.</summary>
public sealed record FetchedModel(ModelManifest Manifest, string Folder) : IDisposable
{
    public void Dispose() => Delete(Folder);

    /// <summary>
    /// A failure to delete it affects neither a verified model nor the reason why one was rejected: the next start of this server cleans up.
    /// </summary>
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception)
        {
            // Windows keeps a mapped file, and .NET calls a path that is too long an empty argument.
            // A folder that cannot be written to fails the first load with a message.
        }
    }
}
