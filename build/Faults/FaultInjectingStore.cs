using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Slipway.Faults.Rules;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Faults;

/// <summary>Any store, whose requests meet the faults of a script. A failure is the exception that a store throws for it.</summary>
public sealed class FaultInjectingStore(IObjectStore inner, FaultScript script, TimeProvider time) : IObjectStore
{
    // the last listing of each prefix, for the one that is stale
    private readonly ConcurrentDictionary<string, ObjectInfo[]> _listed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string[]> _names = new(StringComparer.Ordinal);

    public async Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.Get, key, cancellation);
        return await inner.GetAsync(key, version, cancellation) is { } found ? Altered(found, fault) : null;
    }

    public async Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.Get, key, cancellation);
        var read = await inner.GetIfChangedAsync(key, etag, cancellation);
        return read.Found is { } found ? ConditionalRead.Changed(Altered(found, fault)) : read;
    }

    public async Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.Head, key, cancellation);
        return Altered(await inner.HeadAsync(key, version, cancellation), fault);
    }

    public async Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.Put, key, cancellation);
        return Answered(await inner.PutAsync(key, content, Condition(condition, fault), cancellation), key, fault);
    }

    public async Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.Copy, to, cancellation);
        return Answered(await inner.CopyAsync(key, version, to, Condition(condition, fault), cancellation), to, fault);
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.List, prefix, cancellation);
        foreach (var info in fault?.Kind == FaultKind.StaleList ? _listed.GetValueOrDefault(prefix) ?? [] : _listed[prefix] = await inner.ListAsync(prefix, cancellation).ToArrayAsync(cancellation))
            yield return Altered(info, fault)!;
    }

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) =>
        NamesAsync($"{prefix}\n{after}", prefix, () => inner.ListKeysAsync(prefix, after, cancellation), cancellation);

    public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) =>
        NamesAsync(folder, folder, () => inner.ListFoldersAsync(folder, cancellation), cancellation);

    public async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default)
    {
        await MeetAsync(StoreOperations.Head, key, cancellation);
        return await inner.GetTagsAsync(key, cancellation);
    }

    public async Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.Tag, key, cancellation);
        await inner.SetTagsAsync(key, tags, cancellation);
        Answered(null, key, fault);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        var fault = await MeetAsync(StoreOperations.Delete, key, cancellation);
        await inner.DeleteAsync(key, cancellation);
        Answered(null, key, fault);
    }

    private async IAsyncEnumerable<string> NamesAsync(
        string listing, string prefix, Func<IAsyncEnumerable<string>> list, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var fault = await MeetAsync(StoreOperations.List, prefix, cancellation);
        foreach (var name in fault?.Kind == FaultKind.StaleList ? _names.GetValueOrDefault(listing) ?? [] : _names[listing] = await list().ToArrayAsync(cancellation))
            yield return name;
    }

    /// <summary>Delays and failures before the request; what is left to do to the response is returned.</summary>
    private async Task<FaultRule?> MeetAsync(StoreOperations operation, string key, CancellationToken cancellation)
    {
        FaultRule? left = null;
        foreach (var fault in script.Meet(operation, key))
            switch (fault.Rule.Kind)
            {
                case FaultKind.Delay:
                    await Task.Delay(fault.Rule.Delay, time, cancellation);
                    break;
                case FaultKind.Hang:
                    await fault.Ended.WaitAsync(cancellation);
                    break;
                case FaultKind.InternalError:
                    throw new SlipwayException($"{operation} of '{key}' failed: 500 InternalError, injected. Nothing was done.");
                case FaultKind.SlowDown:
                    throw new SlipwayException($"{operation} of '{key}' failed: 503 SlowDown, injected. Nothing was done.");
                case FaultKind.NoSpace:
                    throw new SlipwayException($"{operation} of '{key}' failed: no space left on device, injected. Nothing was written. Free some space.");
                default:
                    left = fault.Rule;
                    break;
            }

        return left;
    }

    private static PutCondition Condition(PutCondition condition, FaultRule? fault) => fault?.Kind == FaultKind.IgnoredCondition ? PutCondition.None : condition;

    private static StoredObject Altered(StoredObject found, FaultRule? fault) => new(
        Altered(found.Info, fault)!,
        fault?.Kind is FaultKind.ResetInBody or FaultKind.Truncate ? new CutStream(found.Content, fault.Bytes, fault.Kind == FaultKind.ResetInBody) : found.Content);

    private static ObjectInfo? Altered(ObjectInfo? info, FaultRule? fault) => fault?.Kind switch
    {
        FaultKind.WrongETag => info is null ? null : info with { ETag = WrongETag(info.ETag) },
        FaultKind.SkewedDate => info is null ? null : info with { LastModified = info.LastModified + fault.Skew },
        _ => info,
    };

    private static ObjectInfo? Answered(ObjectInfo? info, string key, FaultRule? fault) => fault?.Kind == FaultKind.LostAnswer
        ? throw new SlipwayException($"The response to a write of '{key}' was lost, injected: it may have been made or not.")
        : Altered(info, fault);

    internal static string WrongETag(string etag) => $"\"not-{etag.Trim('"')}\"";
}
