using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Fixtures;

/// <summary>A store that can be made to fail or to hang, as a whole or for one kind of keys. It counts requests.</summary>
internal sealed class FaultyStore(IObjectStore inner) : IObjectStore
{
    private volatile string? _failing;
    private volatile string? _hanging;
    private TaskCompletionSource _healed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reads;
    private int _failures;
    private readonly ConcurrentDictionary<string, int> _readsOf = new(StringComparer.Ordinal);

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How often a key was read, or a prefix listed.</summary>
    public int ReadsOf(string key) => _readsOf.GetValueOrDefault(key);

    /// <summary>How often a fault occurred: a test in which it never occurs proves nothing.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Called with the key, on the thread that reads it.</summary>
    public Action<string> OnGet { get; init; } = _ => { };

    /// <param name="prefix">Keys that fail from now on; all by default.</param>
    public void Fail(string prefix = "") => _failing = prefix;

    /// <summary>Never responds, and ignores cancellation, until it is repaired.</summary>
    public void Hang(string prefix = "") => _hanging = prefix;

    public void Heal()
    {
        (_failing, _hanging) = (null, null);
        Interlocked.Exchange(ref _healed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>What hangs now fails, and what comes after it does not.</summary>
    public void FailHung()
    {
        (_failing, _hanging) = (null, null);
        Interlocked.Exchange(ref _healed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetException(new IOException("The connection was reset by a test."));
    }

    public async Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        OnGet(key);
        return await inner.GetAsync(key, version, cancellation);
    }

    public async Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        return await inner.GetIfChangedAsync(key, etag, cancellation);
    }

    public async Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        return await inner.HeadAsync(key, version, cancellation);
    }

    public async Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        return await inner.PutAsync(key, content, condition, cancellation);
    }

    public async Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        return await inner.CopyAsync(key, version, to, condition, cancellation);
    }

    public async Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        await inner.SetTagsAsync(key, tags, cancellation);
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await MeetAsync(prefix);
        await foreach (var found in inner.ListAsync(prefix, cancellation))
            yield return found;
    }

    public async IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await MeetAsync(prefix);
        await foreach (var found in inner.ListKeysAsync(prefix, after, cancellation))
            yield return found;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string folder, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await MeetAsync(folder);
        await foreach (var found in inner.ListFoldersAsync(folder, cancellation))
            yield return found;
    }

    public async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        return await inner.GetTagsAsync(key, cancellation);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        await MeetAsync(key);
        await inner.DeleteAsync(key, cancellation);
    }

    private async Task MeetAsync(string key)
    {
        // as a store across a network
        await Task.Yield();
        Interlocked.Increment(ref _reads);
        _readsOf.AddOrUpdate(key, 1, (_, reads) => reads + 1);
        if (_hanging is { } hanging && key.StartsWith(hanging, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _failures);
            await _healed.Task;
        }

        if (_failing is { } failing && key.StartsWith(failing, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _failures);
            throw new IOException("503 SlowDown: the store is switched off by a test.");
        }
    }
}
