using System.Security.Cryptography;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Artifacts;

/// <summary>
/// Copies a model from the store to a folder: nothing is unpacked before the archive is verified to be the registered one,
/// and the folder does not appear before the model in it is verified to be the registered one.
/// </summary>
public sealed class ArtifactFetcher(IObjectStore store, ArtifactLimits? limits = null)
{
    /// <param name="folder">Must not exist yet, or must be empty. Appears complete, or not at all.</param>
    /// <param name="isWanted">Which of the files to write; null for all. The archive is verified as a whole either way.</param>
    /// <exception cref="InvalidArtifactException">The stored archive is not the registered one, or must not be loaded.</exception>
    public async Task FetchAsync(ArtifactReference artifact, string folder, CancellationToken cancellation, Func<string, bool>? isWanted = null)
    {
        using var staging = StagingFolder.Beside(folder);
        var archive = Path.Combine(staging.Path, "archive");
        try
        {
            await DownloadAsync(artifact, archive, cancellation);
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw StagingFolder.Describe(folder, e);
        }

        var unpacked = Path.Combine(staging.Path, "unpacked");
        await using (var content = File.OpenRead(archive))
            await ArtifactArchive.UnpackAsync(content, unpacked, limits ?? ArtifactLimits.Default, cancellation, isWanted);
        CheckModel(artifact, Path.Combine(unpacked, ArtifactFiles.Onnx));

        StagingFolder.Publish(unpacked, folder);
    }

    /// <summary>Unpacks a model while it is in use.</summary>
    /// <param name="use">Receives the folder, which is deleted afterwards.</param>
    /// <exception cref="InvalidArtifactException">The stored archive is not the registered one, or must not be loaded.</exception>
    public async Task<T> WithUnpackedAsync<T>(ArtifactReference artifact, Func<string, Task<T>> use, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-artifact-").FullName;
        try
        {
            var unpacked = Path.Combine(folder, "model");
            await FetchAsync(artifact, unpacked, cancellation);
            return await use(unpacked);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <exception cref="InvalidArtifactException">The stored archive is not the registered one, or must not be loaded.</exception>
    public Task VerifyAsync(ArtifactReference artifact, CancellationToken cancellation) =>
        WithUnpackedAsync(artifact, _ => Task.FromResult(true), cancellation);

    private async Task DownloadAsync(ArtifactReference artifact, string path, CancellationToken cancellation)
    {
        await using var found = await store.GetAsync(artifact.Key, artifact.Version, cancellation)
            ?? throw await AbsentAsync(artifact, cancellation);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        using var buffer = new CopyBuffer();
        long length = 0;
        int read;
        while (length <= artifact.Length && (read = await found.Content.ReadAsync(buffer.Memory, cancellation)) > 0)
        {
            hash.AppendData(buffer.Memory.Span[..read]);
            await file.WriteAsync(buffer.Memory[..read], cancellation);
            length += read;
        }

        if (length != artifact.Length)
            throw new InvalidArtifactException(
                $"The archive '{artifact.Key}' has {(length > artifact.Length ? "more than " : "")}{Math.Min(length, artifact.Length):N0} bytes, but {artifact.Length:N0} were registered.");
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) is var sha256 && sha256 != artifact.Sha256)
            throw new InvalidArtifactException($"The archive '{artifact.Key}' has SHA-256 {sha256}, but {artifact.Sha256} was registered.");
    }

    // If a store derives versions from the content, damage produces another version: that is a bad archive and not a missing one.
    private async Task<InvalidArtifactException> AbsentAsync(ArtifactReference artifact, CancellationToken cancellation) =>
        await store.HeadAsync(artifact.Key, cancellation: cancellation) is { } other
            ? new(
                $"The archive '{artifact.Key}' was modified after it was registered: it is version {other.Version}, but {artifact.Version} was registered. Restore it from a backup, or train again.")
            : new(
                $"The archive '{artifact.Key}' (version {artifact.Version}) is not in the store. Restore it from a backup, or train again.");

    private static void CheckModel(ArtifactReference artifact, string path)
    {
        if (!File.Exists(path))
            throw new InvalidArtifactException($"The archive '{artifact.Key}' contains no {ArtifactFiles.Onnx}.");

        if (Sha256Hex.OfFile(path) is var sha256 && sha256 != artifact.OnnxSha256)
            throw new InvalidArtifactException($"{ArtifactFiles.Onnx} in '{artifact.Key}' has SHA-256 {sha256}, but {artifact.OnnxSha256} was registered.");

        OnnxFile.RejectExternalData(path);
    }
}
