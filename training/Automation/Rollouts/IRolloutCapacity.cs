using Slipway.Registry.Channels;

namespace Slipway.Automation.Rollouts;

/// <summary>Whether the color that serves a version first can take the requests that it is about to get, where colors differ in size.</summary>
public interface IRolloutCapacity
{
    /// <summary>Lets the candidate become as large as the live color, and neither of them smaller. Safe to repeat.</summary>
    /// <returns>The number of servers that the candidate is meant to have.</returns>
    Task<int> HoldAsync(Color candidate, CancellationToken cancellation);
}
