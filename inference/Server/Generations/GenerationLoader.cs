using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;

namespace Slipway.Inference.Generations;

/// <summary>From a manifest to a proven generation: fetch and verify, load, compare schemas, golden probe, warm-up. Leaves no file behind.</summary>
/// <param name="patience">How long a proof may take as a whole; the watch bounds each of its runs.</param>
public sealed class GenerationLoader(ArtifactFetcher fetcher, string cacheFolder, RunWatch watch, TimeSpan patience, TimeProvider time)
{
    // thousands of rows of hundreds of columns stay far below this
    private const long LargestGolden = 64 * 1024 * 1024;

    // each of them holds a thread and maybe a core, and nothing but the end of the process takes those back
    private const int MostGivenUp = 2;

    private int _givenUp;

    /// <summary>Removes what a server of this name left behind when it was killed.</summary>
    public void CleanUp() => FetchedModel.Delete(cacheFolder);

    /// <exception cref="InvalidArtifactException">The archive is not what the manifest says, or not safe.</exception>
    public async Task<FetchedModel> FetchAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        var fetched = new FetchedModel(manifest, Path.Combine(cacheFolder, $"{manifest.Model}-{manifest.Version}-{Guid.NewGuid():N}"));
        try
        {
            Directory.CreateDirectory(fetched.Folder);
            await fetcher.FetchAsync(manifest.Artifact, fetched.Folder, cancellation);
            return fetched;
        }
        catch
        {
            fetched.Dispose();
            throw;
        }
    }

    /// <summary>Takes the fetched files with it, however it ends.</summary>
    /// <exception cref="ModelRejectedException">The version must not answer, or has not proven in time that it may.</exception>
    public async Task<ModelGeneration> ProveAsync(FetchedModel fetched, CancellationToken stop)
    {
        if (Volatile.Read(ref _givenUp) >= MostGivenUp)
        {
            fetched.Dispose();
            throw new ModelRejectedException($"{MostGivenUp} versions that did not load in time are loading still, and nothing can stop that but a restart of this server: no more are tried.");
        }

        var given = new CancellationTokenSource();
        // a thread of its own: what never ends must not take one of those that answer
        var proof = Task.Factory.StartNew(
            () => Prove(fetched, given.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await proof.WaitAsync(patience, time, stop);
        }
        catch (TimeoutException e) when (!proof.IsCompleted)
        {
            throw new ModelRejectedException(
                FormattableString.Invariant($"It was not proven within {patience.TotalSeconds:0.###} s: loading it, its golden rows and the warm-up took longer."), e);
        }
        finally
        {
            if (!proof.IsCompleted)
                GiveUp(proof, given);
        }
    }

    // A session that is being made cannot be stopped. When it ends after all, what it made is let go.
    private void GiveUp(Task<ModelGeneration> proof, CancellationTokenSource given)
    {
        given.Cancel();
        Interlocked.Increment(ref _givenUp);
        proof.ContinueWith(
            late =>
            {
                Interlocked.Decrement(ref _givenUp);
                if (late.IsCompletedSuccessfully)
                    late.Result.Retire();
                else
                    _ = late.Exception; // seen
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private ModelGeneration Prove(FetchedModel fetched, CancellationToken given)
    {
        using (fetched)
        {
            var golden = Read(Path.Combine(fetched.Folder, ArtifactFiles.Golden), RegistryJson.Default.GoldenSet);
            var generation = Open(fetched);
            try
            {
                GoldenProbe.Prove(generation, golden);
                GoldenProbe.WarmUp(generation, golden, given);
                given.ThrowIfCancellationRequested();
                return generation;
            }
            catch (Exception e)
            {
                generation.Retire();
                if (Rejection(e) is { } rejection)
                    throw rejection;
                throw;
            }
        }
    }

    // null for what says nothing of the model: a disk that is full, a proof that nobody waits for any more
    private static ModelRejectedException? Rejection(Exception e) => e switch
    {
        RunEndedException => new(e.Message, e),
        OnnxRuntimeException => new($"{ArtifactFiles.Onnx} does not run on the golden rows: {e.Message}", e),
        SlipwayException or IOException or UnauthorizedAccessException or OperationCanceledException => null,
        _ => new($"{ArtifactFiles.Onnx} cannot be proven: {e.Message}", e),
    };

    private ModelGeneration Open(FetchedModel fetched)
    {
        var session = Open(Path.Combine(fetched.Folder, ArtifactFiles.Onnx));
        try
        {
            SchemaCheck.Prove(session, fetched.Manifest.Schema);
            return new(new(fetched.Manifest), session, watch);
        }
        catch
        {
            session.Dispose();
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

    private static T Read<T>(string path, JsonTypeInfo<T> type) where T : class
    {
        var name = Path.GetFileName(path);
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > LargestGolden)
            throw new ModelRejectedException(file.Exists ? $"{name} is {file.Length} bytes long." : $"The archive holds no {name}.");
        try
        {
            using var stream = file.OpenRead();
            return JsonSerializer.Deserialize(stream, type)
                ?? throw new ModelRejectedException($"{name} holds the value null.");
        }
        catch (JsonException e)
        {
            throw new ModelRejectedException($"{name} can not be read: {e.Message}", e);
        }
    }
}
