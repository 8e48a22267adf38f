using Slipway.Registry.Lineages;

namespace Slipway.Automation.Jobs;

/// <summary>Compares the lineage with the platform that ran the job before anything is signed, because somebody could have overwritten the lineage file.</summary>
public interface IJobVerifier
{
    /// <returns>How it contradicts the lineage, as a sentence; null if it does not.</returns>
    Task<string?> VerifyAsync(Lineage lineage, CancellationToken cancellation);
}
