using System.Collections.Concurrent;
using Slipway.Registry.Channels;

namespace Slipway.Inference.Slots;

/// <summary>
/// What the last look at the catalog said, so that a poll is one question however many models there are: only pointers that it says have moved are asked for.
/// The pointers stay the truth. While there is no catalog, each is asked for at every poll; where there is one, a few are compared from time to time,
/// for whoever moves a pointer may die before the catalog says so.
/// </summary>
public sealed class ChannelWatch
{
    private const int ComparedAtOnce = 16;

    private readonly ConcurrentDictionary<string, bool> _due = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _behind = new(StringComparer.Ordinal);
    private TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ChannelCatalog? _catalog;
    private int _compared;

    /// <summary>Ends with the next look.</summary>
    public Task Looked => Volatile.Read(ref _looked).Task;

    /// <param name="catalog">Null where there is none, or none that can be read.</param>
    public void Look(ChannelCatalog? catalog)
    {
        _catalog = catalog;
        Interlocked.Exchange(ref _looked, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Whether a pointer need not be asked for: it is the one that was read last.</summary>
    /// <param name="etag">Under which it was read; null where it was not.</param>
    public bool IsKnown(string model, string? etag) =>
        etag is not null && _catalog?.Models.GetValueOrDefault(model)?.ETag == etag && !_due.TryRemove(model, out _);

    /// <summary>A pointer was asked for.</summary>
    /// <param name="etag">Under which it is there.</param>
    /// <returns>True once for each time that the catalog stays behind it: a mover that is at work writes it right after the pointer.</returns>
    public bool Compare(string model, string? etag)
    {
        if (_catalog is not { } catalog || catalog.Models.GetValueOrDefault(model)?.ETag == etag)
            return _behind.TryRemove(model, out _) && false;
        return _behind.AddOrUpdate(model, 1, (_, looks) => looks + 1) == 3;
    }

    /// <summary>Has some of the models ask for their pointers, whatever the catalog says; the next ones with the next call.</summary>
    public void CompareSome(IReadOnlyList<string> models)
    {
        for (var i = 0; i < Math.Min(ComparedAtOnce, models.Count); i++)
            _due[models[_compared++ % models.Count]] = true;
    }
}
