using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Retraining;

/// <summary>The causes that monitoring has recorded in the store.</summary>
public sealed class StoredCauses(IObjectStore store, TimeProvider time) : IRetrainCauses
{
    private readonly DriftCauses _drift = new(store, time);
    private readonly AccuracyCauses _accuracy = new(store);

    public Task<RetrainCause?> FindAsync(string model, int version, RetrainKind kind, CancellationToken cancellation) => kind switch
    {
        RetrainKind.Drift => _drift.FindAsync(model, version, cancellation),
        RetrainKind.Accuracy => _accuracy.FindAsync(model, version, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
