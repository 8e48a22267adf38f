using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Automation.Retraining;

/// <summary>Finds causes in the records of monitoring.</summary>
public interface IRetrainCauses
{
    /// <summary>A cause that holds for a version according to the latest record; null if there is none.</summary>
    Task<RetrainCause?> FindAsync(string model, int version, RetrainKind kind, CancellationToken cancellation);
}
