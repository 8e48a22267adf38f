using Slipway.Registry.Lineages;

namespace Slipway.Automation.Jobs;

/// <summary>What ran a job, asked about it before anything is signed: a lineage is a file that somebody could have written over.</summary>
public interface IJobWitness
{
    /// <returns>What it says otherwise than the lineage does, as a sentence; null where it says the same.</returns>
    Task<string?> ContradictAsync(Lineage lineage, CancellationToken cancellation);
}
