using Slipway.Registry.Manifests;

namespace Slipway.Inference.Generations;

/// <summary>The files of a version, verified and on this machine until it is disposed.</summary>
public sealed record FetchedModel(ModelManifest Manifest, string Folder) : IDisposable
{
    public void Dispose() => Delete(Folder);

    /// <summary>What cannot be removed now is not worth a proven model: the next start of this server cleans up.</summary>
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a mapped file; a folder that cannot be written to stops the first load, which says so
        }
    }
}
