using System.Collections.Concurrent;
using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>All models that this server knows of, and whether it is ready.</summary>
public sealed class ModelCatalog(Signal signal, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ModelSlot> _slots = new(StringComparer.Ordinal);
    private IReadOnlyList<ModelSlot>? _atStart;
    private volatile bool _draining;

    public IReadOnlyList<ModelSlot> Slots => [.. _slots.Values.OrderBy(slot => slot.Model, StringComparer.Ordinal)];

    public ModelSlot? Find(string model) => _slots.GetValueOrDefault(model);

    /// <returns>Null when the model was known already.</returns>
    public ModelSlot? Add(string model)
    {
        var slot = new ModelSlot(model, time, signal.Pulse);
        return _slots.TryAdd(model, slot) ? slot : null;
    }

    /// <summary>The store was listed for the first time: these models decide about readiness.</summary>
    public void Started()
    {
        Interlocked.CompareExchange(ref _atStart, Slots, null);
        signal.Pulse();
    }

    public bool IsStarted => Volatile.Read(ref _atStart) is not null;

    public bool Draining => _draining;

    public void Drain()
    {
        _draining = true;
        signal.Pulse();
    }

    public bool Ready => Obstacles().Count == 0;

    /// <summary>Why the server is not ready, one sentence each; empty when it is.</summary>
    public IReadOnlyList<string> Obstacles()
    {
        if (_draining)
            return ["The server is draining: it was asked to stop."];
        if (Volatile.Read(ref _atStart) is not { } atStart)
            return ["The store has not been read yet."];
        return [.. atStart.Where(slot => slot.State.Serving is null).Select(slot => Obstacle(slot.State))];
    }

    private static string Obstacle(SlotState state) => state switch
    {
        { Phase: ServedModelState.Failed, Wanted: { } wanted } => $"Version {wanted} of '{state.Model}' can not be served: {state.QuarantineOf(wanted)?.Reason}",
        { Postponed: { } postponed } => $"'{state.Model}' is waiting for the store: {postponed.Reason}",
        _ => $"'{state.Model}' is loading.",
    };
}
