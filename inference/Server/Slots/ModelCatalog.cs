using System.Collections.Concurrent;
using Slipway.Inference.Hosting;

namespace Slipway.Inference.Slots;

/// <summary>All models that this server knows of, and whether they are ready.</summary>
public sealed class ModelCatalog(Signal signal, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ModelSlot> _slots = new(StringComparer.Ordinal);
    private IReadOnlyList<ModelSlot>? _atStart;
    private volatile ModelSlot[]? _sorted;
    private int _count;

    /// <summary>By name. Models are added and never removed, so they are sorted only after that.</summary>
    public IReadOnlyList<ModelSlot> Slots => _sorted is { } sorted && sorted.Length == Volatile.Read(ref _count)
        ? sorted
        : _sorted = [.. _slots.Values.OrderBy(slot => slot.Model, StringComparer.Ordinal)];

    public IEnumerable<ModelSlot> AnyOrder => _slots.Values;

    public ModelSlot? Find(string model) => _slots.GetValueOrDefault(model);

    /// <returns>Null if the model was known already.</returns>
    public ModelSlot? Add(string model)
    {
        var slot = new ModelSlot(model, time, signal.Pulse);
        if (!_slots.TryAdd(model, slot))
            return null;
        Interlocked.Increment(ref _count);
        return slot;
    }

    /// <summary>The store was listed for the first time: these models decide about readiness.</summary>
    public void Started()
    {
        Interlocked.CompareExchange(ref _atStart, Slots, null);
        signal.Pulse();
    }

    public bool IsStarted => Volatile.Read(ref _atStart) is not null;

    /// <summary>Why no requests should be sent here, one sentence each; empty if they may be: every model that existed at startup is settled, and at least one is served.</summary>
    public IReadOnlyList<string> Obstacles()
    {
        if (Volatile.Read(ref _atStart) is not { } atStart)
            return ["The store has not been read yet."];

        // a model that cannot be loaded does not block the others; if none can be loaded, there is nothing to serve
        var loading = atStart.Where(slot => !slot.IsSettled).ToList();
        return loading.Count > 0 || atStart.Count == 0 || atStart.Any(slot => slot.State.Serving is not null)
            ? [.. loading.Select(slot => Describe(slot.State))]
            : [.. atStart.Select(slot => Describe(slot.State))];
    }

    /// <summary>Why a model does not serve the desired version, as a sentence.</summary>
    public static string Describe(SlotState state) => state switch
    {
        { Desired: { } desired, Serving: var serving } when state.QuarantineOf(desired) is { } quarantine =>
            $"Version {desired} of '{state.Model}' cannot be served: {quarantine.Reason.TrimEnd('.')}{(serving is null ? "" : $"; version {serving.Version} is served instead")}.",
        { Postponed: { IsShortage: true } postponed } => $"'{state.Model}' is waiting for memory: {postponed.Reason}",
        { Postponed: { } postponed } => $"'{state.Model}' is waiting for the store: {postponed.Reason}",
        _ => $"'{state.Model}' is loading.",
    };
}
