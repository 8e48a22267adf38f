using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Evaluators;
using Slipway.Inference.Monitoring;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;

namespace Slipway.Inference.Generations;

/// <summary>From a manifest to a verified generation: fetch and verify, load, compare schemas, check the golden set, compile, warm up, replay recent requests. Leaves no file behind.</summary>
/// <param name="timeout">How long verification may take as a whole; the watch limits each of its runs.</param>
public sealed class GenerationLoader(ArtifactFetcher fetcher, string cacheFolder, RunWatch watch, ModelCompiler compiler, TimeSpan timeout, TimeProvider time)
{
    // each of them occupies a thread and maybe a core, which only the end of the process frees
    private const int MaxAbandoned = 2;

    private int _givenUp;

    /// <summary>What still writes to the cache folder, or frees memory.</summary>
    public LateWork Late { get; } = new(time);

    /// <summary>Deletes what a server of this name left behind when it was killed.</summary>
    public void CleanUp() => FetchedModel.Delete(cacheFolder);

    /// <exception cref="InvalidArtifactException">The archive does not match the manifest, or is not safe.</exception>
    public async Task<FetchedModel> FetchAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        var fetched = new FetchedModel(manifest, Path.Combine(cacheFolder, $"{manifest.Model}-{manifest.Version}-{Guid.NewGuid():N}"));
        try
        {
            return await BackgroundWork.RunAsync("fetch", async () =>
            {
                Directory.CreateDirectory(fetched.Folder);
                await fetcher.FetchAsync(manifest.Artifact, fetched.Folder, cancellation, IsUsed);
                return fetched;
            });
        }
        catch
        {
            fetched.Dispose();
            throw;
        }
    }

    // the others, such as plots, are for people
    private static bool IsUsed(string file) => file is ArtifactFiles.Onnx or ArtifactFiles.Golden or ArtifactFiles.Baseline;

    /// <summary>Disposes the fetched files, however it ends.</summary>
    /// <param name="replay">Verifies it on recent requests.</param>
    /// <exception cref="ModelRejectedException">The version must not be served, or could not be verified in time.</exception>
    public async Task<ModelGeneration> ProveAsync(FetchedModel fetched, Action<ModelGeneration, CancellationToken> replay, CancellationToken stop)
    {
        if (Volatile.Read(ref _givenUp) >= MaxAbandoned)
        {
            fetched.Dispose();
            throw new ModelRejectedException($"{MaxAbandoned} versions that did not load in time are still loading, which only a restart of this server can stop: no more versions are loaded.");
        }

        var given = new CancellationTokenSource();
        // a separate thread: one that never ends must not block those that serve
        var proof = BackgroundWork.RunAsync("verify", () => Prove(fetched, replay, given.Token));
        try
        {
            return await proof.WaitAsync(timeout, time, stop);
        }
        catch (TimeoutException e) when (!proof.IsCompleted)
        {
            throw new ModelRejectedException(
                FormattableString.Invariant($"It could not be verified within {timeout.TotalSeconds:0.###} s: loading, golden rows, warm-up and recent requests took longer."), e);
        }
        finally
        {
            if (!proof.IsCompleted)
                Abandon(proof, given);
        }
    }

    // A session that is being created cannot be cancelled. If it completes after all, it is disposed.
    private void Abandon(Task<ModelGeneration> proof, CancellationTokenSource given)
    {
        given.Cancel();
        Interlocked.Increment(ref _givenUp);
        Late.Add(proof.ContinueWith(
            late =>
            {
                Interlocked.Decrement(ref _givenUp);
                if (late.IsCompletedSuccessfully)
                    Reject(late.Result);
                else
                    _ = late.Exception; // observed
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
    }

    private ModelGeneration Prove(FetchedModel fetched, Action<ModelGeneration, CancellationToken> replay, CancellationToken given)
    {
        using (fetched)
        {
            var golden = Read(Path.Combine(fetched.Folder, ArtifactFiles.Golden), RegistryJson.Default.GoldenSet);
            var generation = Open(fetched);
            try
            {
                GoldenProbe.Prove(generation, golden, given);
                compiler.Compile(generation, Path.Combine(fetched.Folder, ArtifactFiles.Onnx), golden, given);
                if (generation.Compiled is not null)
                    GoldenProbe.Prove(generation, golden, given);
                GoldenProbe.WarmUp(generation, golden, given);
                replay(generation, given);
                given.ThrowIfCancellationRequested();
                return generation;
            }
            catch (Exception e)
            {
                Reject(generation);
                if (Rejection(e) is { } rejection)
                    throw rejection;
                throw;
            }
        }
    }

    private static void Reject(ModelGeneration generation)
    {
        generation.Become(GenerationEvent.Rejected);
        generation.Retire();
    }

    // null for problems that say nothing about the model: a full disk, a verification that nobody waits for any more
    private static ModelRejectedException? Rejection(Exception e) => e switch
    {
        RunTimeoutException => new(e.Message, e),
        OnnxRuntimeException => new($"{ArtifactFiles.Onnx} does not run on the golden rows: {e.Message}", e),
        SlipwayException or IOException or UnauthorizedAccessException or OperationCanceledException => null,
        _ => new($"{ArtifactFiles.Onnx} cannot be verified: {e.Message}", e),
    };

    private ModelGeneration Open(FetchedModel fetched)
    {
        var session = Open(Path.Combine(fetched.Folder, ArtifactFiles.Onnx));
        try
        {
            SchemaCheck.Prove(session, fetched.Manifest.Schema);
            return new(new(fetched.Manifest), session, watch, Late) { Baseline = BaselineFile.Read(fetched.Folder) };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static InferenceSession Open(string path)
    {
        // one thread per run: requests are the parallelism, and thread pools of several models would compete for the cores
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
            throw new ModelRejectedException($"{ArtifactFiles.Onnx} cannot be loaded: {e.Message}", e);
        }
    }

    private static T Read<T>(string path, JsonTypeInfo<T> type) where T : class
    {
        var name = Path.GetFileName(path);
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > GoldenSets.MaxFileBytes)
            throw new ModelRejectedException(file.Exists ? $"{name} is {file.Length} bytes long." : $"The archive contains no {name}.");
        try
        {
            using var stream = file.OpenRead();
            return JsonSerializer.Deserialize(stream, type)
                ?? throw new ModelRejectedException($"{name} is null.");
        }
        catch (JsonException e)
        {
            throw new ModelRejectedException($"{name} cannot be read: {e.Message}", e);
        }
    }
}
