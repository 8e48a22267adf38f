using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>From a manifest to a proven generation: fetch and verify, load, compare schemas, golden probe, warm-up. Leaves no file behind.</summary>
public sealed class GenerationLoader(ArtifactFetcher fetcher, string cacheFolder)
{
    // thousands of rows of hundreds of columns stay far below this
    private const long LargestGolden = 64 * 1024 * 1024;

    /// <summary>Removes what a server of this name left behind when it was killed.</summary>
    public void CleanUp()
    {
        try
        {
            if (Directory.Exists(cacheFolder))
                Directory.Delete(cacheFolder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a folder that can not be written to stops the first load, which says so
        }
    }

    /// <exception cref="ModelRejectedException">The version arrived and must not answer.</exception>
    /// <exception cref="InvalidArtifactException">The archive is not what the manifest says, or not safe.</exception>
    public async Task<ModelGeneration> LoadAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        var folder = Path.Combine(cacheFolder, $"{manifest.Model}-{manifest.Version}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            await fetcher.FetchAsync(manifest.Artifact, folder, cancellation);
            return await ProveAsync(manifest, folder, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ModelGeneration> ProveAsync(ModelManifest manifest, string folder, CancellationToken cancellation)
    {
        var golden = await ReadAsync(Path.Combine(folder, ArtifactFiles.Golden), RegistryJson.Default.GoldenSet, cancellation);
        var session = Open(Path.Combine(folder, ArtifactFiles.Onnx));
        ModelGeneration generation;
        try
        {
            SchemaCheck.Prove(session, manifest.Schema);
            generation = new(new(manifest), session);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        try
        {
            GoldenProbe.Prove(generation, golden);
            GoldenProbe.WarmUp(generation, golden);
            return generation;
        }
        catch (OnnxRuntimeException e)
        {
            generation.Retire();
            throw new ModelRejectedException($"{ArtifactFiles.Onnx} does not run on the golden rows: {e.Message}", e);
        }
        catch
        {
            generation.Retire();
            throw;
        }
    }

    private static InferenceSession Open(string path)
    {
        // one thread a run: requests are the parallelism, and pools of several models would fight over the cores
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            return new(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelRejectedException($"{ArtifactFiles.Onnx} does not load: {e.Message}", e);
        }
    }

    private static async Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        var name = Path.GetFileName(path);
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > LargestGolden)
            throw new ModelRejectedException(file.Exists ? $"{name} is {file.Length} bytes long." : $"The archive holds no {name}.");
        try
        {
            await using var stream = file.OpenRead();
            return await JsonSerializer.DeserializeAsync(stream, type, cancellation)
                ?? throw new ModelRejectedException($"{name} holds the value null.");
        }
        catch (JsonException e)
        {
            throw new ModelRejectedException($"{name} can not be read: {e.Message}", e);
        }
    }
}
