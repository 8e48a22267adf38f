using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Retraining;

/// <summary>The causes that monitoring has recorded in the store.</summary>
public sealed class StoredCauses(IObjectStore store) : IRetrainCauses
{
    public async Task<RetrainCause?> FindAsync(string model, int version, RetrainKind kind, CancellationToken cancellation)
    {
        await store.HeadAsync(model, cancellation: cancellation);
        return null;
    }
}
