using Slipway.Automation.Traffic;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>Waits until a rollout has ended, and shows it as it goes. The gateway moves traffic by itself: if the wait ends early, the rollout goes on.</summary>
/// <param name="timeout">How long the gateway may be silent.</param>
/// <param name="argument">The argument that selects the environment.</param>
public sealed class RolloutWait(DesiredTrafficStore traffic, TimeSpan timeout, TimeSpan pause, string argument, TimeProvider time)
{
    /// <exception cref="SlipwayException">The gateway has stopped reporting.</exception>
    public async Task<RolloutEnd> UntilEndedAsync(DesiredTraffic asked, IProgressStep step, CancellationToken cancellation)
    {
        var progress = new RolloutProgress(argument);
        TrafficState? last = null;
        var heard = time.GetTimestamp();
        while (true)
        {
            var state = await traffic.StateAsync(cancellation);
            if (state is not null && state.Lease != last?.Lease)
            {
                (last, heard) = (state, time.GetTimestamp());
                if (state.Rollout?.Plan.Id == asked.Plan!.Id)
                {
                    foreach (var line in progress.Next(state))
                        step.Note(line);
                    step.Now(RolloutProgress.Now(state));
                }
                if (RolloutEnd.Of(asked, state) is { } end)
                    return end;
            }

            if (time.GetElapsedTime(heard) > timeout)
                throw new SlipwayException(
                    $"The gateway has not renewed its state for {timeout.TotalSeconds:0} s, so rollout {asked.Plan!.Id} stands still; traffic stays as it was: {last?.Reason ?? "no gateway has reported yet."} "
                    + $"See ./build.sh --target=Status{argument}; when the gateway runs again, the rollout continues, and ./build.sh --target=Deploy{argument} waits for it again.");
            await Task.Delay(pause, time, cancellation);
        }
    }
}
