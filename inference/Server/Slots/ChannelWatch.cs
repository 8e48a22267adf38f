using System.Collections.Concurrent;
using Slipway.Registry.Channels;

namespace Slipway.Inference.Slots;

/// <summary>
/// The catalog as it was last read, so that a poll is one request however many models there are: only channels that it shows as moved are read.
/// The channels remain authoritative. Without a catalog, each is read at every poll; with one, a few are compared now and then,
/// because a process that moves a channel may die before it updates the catalog.
/// </summary>
public sealed class ChannelWatch
{
    private const int ComparedAtOnce = 16;

    private readonly ConcurrentDictionary<string, bool> _due = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _behind = new(StringComparer.Ordinal);
    private TaskCompletionSource _updated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ChannelCatalog? _catalog;
    private int _compared;

    /// <summary>Cancelled at the next read.</summary>
    public Task Updated => Volatile.Read(ref _updated).Task;

    /// <param name="catalog">Null if there is none, or if it cannot be read.</param>
    public void Update(ChannelCatalog? catalog)
    {
        _catalog = catalog;
        Interlocked.Exchange(ref _updated, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Whether a channel need not be read: it is the one that was read last.</summary>
    /// <param name="etag">The ETag of the last read; null if there was none.</param>
    public bool IsKnown(string model, string? etag) =>
        etag is not null && _catalog?.Models.GetValueOrDefault(model)?.ETag == etag && !_due.TryRemove(model, out _);

    /// <summary>A channel was read.</summary>
    /// <param name="etag">Its current ETag.</param>
    /// <returns>True once for each time that the catalog stays behind: a mover that is at work updates it right after the channel.</returns>
    public bool Compare(string model, string? etag)
    {
        if (_catalog is not { } catalog || catalog.Models.GetValueOrDefault(model)?.ETag == etag)
            return _behind.TryRemove(model, out _) && false;
        return _behind.AddOrUpdate(model, 1, (_, looks) => looks + 1) == 3;
    }

    /// <summary>Makes some of the models read their channels, whatever the catalog says; the next ones with the next call.</summary>
    public void CompareSome(IReadOnlyList<string> models)
    {
        for (var i = 0; i < Math.Min(ComparedAtOnce, models.Count); i++)
            _due[models[_compared++ % models.Count]] = true;
    }
}
