using Slipway.Registry.Lineages;

namespace Slipway.Automation.Jobs;

/// <summary>Asks the platform that ran a job about it before anything is signed, because somebody could have overwritten the lineage file.</summary>
public interface IJobVerifier
{
    /// <returns>How it contradicts the lineage, as a sentence; null if it does not.</returns>
    Task<string?> VerifyAsync(Lineage lineage, CancellationToken cancellation);
}
