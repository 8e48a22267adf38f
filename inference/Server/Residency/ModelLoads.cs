using Slipway.Inference.Generations;
using Slipway.Inference.Options;
using Slipway.Inference.Slots;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;

namespace Slipway.Inference.Residency;

/// <summary>Loads versions: a limited number at a time, first come, first served, and only into memory that is left.</summary>
public sealed class ModelLoads(ModelSource source, ResidentModels residents, InferenceOptions options, TimeProvider time)
{
    /// <summary>A download that takes longer no longer delays others: it costs a connection, but neither memory nor a core.</summary>
    public static readonly TimeSpan SlowDownload = TimeSpan.FromSeconds(10);

    private readonly LoadGate _downloads = new(options.MaxConcurrentLoads, time);
    private readonly LoadGate _proofs = new(options.MaxConcurrentLoads, time);
    private long _completed;

    /// <summary>How many versions wait for their turn.</summary>
    public int Waiting => _downloads.Waiting + _proofs.Waiting;

    /// <summary>Versions that were loaded and verified.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>What can be checked of a version without its archive.</summary>
    /// <exception cref="ModelRejectedException">It can never fit into memory.</exception>
    public void CheckManifest(ModelManifest manifest) => residents.CheckBeforeDownload(manifest);

    /// <summary>Fetches and verifies a version. Its memory is reserved until the result is disposed: then its slot counts it.</summary>
    /// <param name="replay">Verifies it on recent requests.</param>
    /// <exception cref="ModelRejectedException">The version arrived and must not be served, or can never fit into memory.</exception>
    /// <exception cref="InvalidArtifactException">The archive does not match the manifest, or is not safe.</exception>
    /// <exception cref="MemoryShortageException">It does not fit into memory at the moment.</exception>
    public async Task<LoadedModel> LoadAsync(ModelSlot slot, ModelManifest manifest, Action<ModelGeneration, CancellationToken> replay, CancellationToken stop)
    {
        using var download = await _downloads.EnterAsync(SlowDownload, stop);
        residents.CheckBeforeDownload(manifest);
        var fetched = await source.FetchAsync(manifest, stop);
        IDisposable? proof = null, reserved = null;
        try
        {
            proof = await _proofs.EnterAsync(null, stop);
            download.Dispose();
            var estimate = MemoryEstimate.OfFolder(fetched.Folder);
            reserved = await residents.ReserveAsync(slot, estimate, stop);
            var proving = source.ProveAsync(fetched, replay, stop);
            fetched = null; // it deletes the files when it ends, even if nobody waits for it any more
            return Loaded(await proving, estimate, reserved);
        }
        catch
        {
            fetched?.Dispose();
            reserved?.Dispose();
            throw;
        }
        finally
        {
            proof?.Dispose();
        }
    }

    private LoadedModel Loaded(ModelGeneration generation, MemoryEstimate estimate, IDisposable reserved)
    {
        generation.MemoryBytes = generation.Compiled is { } compiled ? Math.Min(estimate.Resident, MemoryEstimate.OfCompiled(compiled.Bytes)) : estimate.Resident;
        Interlocked.Increment(ref _completed);
        FreedMemory.Return(estimate.Peak - generation.MemoryBytes);
        return new(generation, reserved);
    }
}

/// <summary>A loaded version, and its reserved memory.</summary>
public sealed record LoadedModel(ModelGeneration Generation, IDisposable Reserved) : IDisposable
{
    public void Dispose() => Reserved.Dispose();
}
