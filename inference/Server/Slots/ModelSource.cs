using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>What a server asks the store about models. Every question has a deadline, also towards a store that ignores cancellation.</summary>
public sealed class ModelSource(IObjectStore store, GenerationLoader loader, InferenceOptions options, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private SignaturePolicy _signatures = options.SignaturePolicy;
    private readonly Color _color = options.ColorValue;

    public void CleanUp() => loader.CleanUp();

    /// <summary>The models that have a pointer for this server's color.</summary>
    public Task<IReadOnlyList<string>> ModelsAsync(CancellationToken stop) => WithinAsync(options.StoreTimeout, async cancellation =>
    {
        var models = new List<string>();
        await foreach (var found in store.ListAsync(StoreKeys.Models, cancellation))
            if (found.Key.Split('/') is [_, var model, ..] && ModelName.IsValid(model) && found.Key == StoreKeys.Channel(model, _color))
                models.Add(model);
        return (IReadOnlyList<string>)models;
    }, stop);

    /// <summary>Returns null when the channel is not there.</summary>
    public Task<PointerRead> PointerAsync(string model, string? etag, CancellationToken stop) => WithinAsync(options.StoreTimeout, async cancellation =>
    {
        var read = await store.GetIfChangedAsync(StoreKeys.Channel(model, _color), etag, cancellation);
        if (read.Found is not { } found)
            return new(null, read.Unchanged ? etag : null);

        await using (found)
            return new PointerRead(await StoreJson.DeserializeAsync(found, RegistryJson.Default.ChannelPointer, cancellation), found.Info.ETag);
    }, stop);

    /// <summary>Returns null while the version has no manifest: then it does not exist yet.</summary>
    /// <exception cref="SignatureException">No trusted key signed it, and one has to.</exception>
    public Task<CheckedManifest?> ManifestAsync(string model, int version, CancellationToken stop) =>
        WithinAsync(options.StoreTimeout, cancellation => Signatures().ReadAsync(store, model, version, cancellation), stop);

    // Read each time: a key may have come since the start. What was read last holds while the file is away.
    private SignaturePolicy Signatures()
    {
        try
        {
            return _signatures = options.SignaturePolicy;
        }
        catch (SlipwayException)
        {
            return _signatures;
        }
    }

    /// <summary>Fetches a version, which is the store's to do in time, and proves it, which is the version's own.</summary>
    /// <exception cref="ModelRejectedException">The version arrived and must not answer.</exception>
    /// <exception cref="InvalidArtifactException">The archive is not what the manifest says, or not safe.</exception>
    public async Task<ModelGeneration> LoadAsync(ModelManifest manifest, CancellationToken stop) => await loader.ProveAsync(
        await WithinAsync(options.LoadTimeout, cancellation => loader.FetchAsync(manifest, cancellation), stop, late => late.Dispose()), stop);

    /// <param name="late">What to do with an answer that came when nobody waited any more.</param>
    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> question, CancellationToken stop, Action<T>? late = null)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        var asked = question(either.Token);
        try
        {
            return await asked.WaitAsync(limit + Grace, time, stop);
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && deadline.IsCancellationRequested && !stop.IsCancellationRequested))
        {
            throw new TimeoutException($"The store did not answer within {limit:c}.", e);
        }
        finally
        {
            if (late is not null && !asked.IsCompleted)
                _ = asked.ContinueWith(answer => late(answer.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }
}

/// <param name="Channel">Null when it is gone or has not changed.</param>
/// <param name="ETag">To ask with the next time.</param>
public sealed record PointerRead(ChannelPointer? Channel, string? ETag);
