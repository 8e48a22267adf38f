using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Waits until a gateway has reached a revision of the desired traffic.</summary>
/// <param name="state">Reads what the gateway has reached; null if it does not say.</param>
/// <param name="argument">The argument that selects the environment.</param>
public sealed class TrafficWait(Func<CancellationToken, Task<TrafficState?>> state, TimeSpan timeout, TimeSpan pause, string argument, TimeProvider time)
{
    /// <exception cref="SlipwayException">It has not in time; traffic stays where it is.</exception>
    public async Task UntilAsync(int revision, CancellationToken cancellation)
    {
        var last = await Poll.UntilAsync(() => state(cancellation), now => HasReached(now, revision), timeout, pause, time, cancellation);
        if (!HasReached(last, revision))
            throw new SlipwayException(
                $"The gateway did not move traffic within {timeout.TotalSeconds:0} s; it stays on {last?.Live.Word() ?? "the live color"}. " +
                $"Last state: {last?.Reason ?? "no response."} See ./build.sh --target=Status{argument}");
    }

    private static bool HasReached(TrafficState? state, int revision) =>
        state is { Phase: not (TrafficPhase.Preparing or TrafficPhase.Unknown) } && state.Revision >= revision;
}
