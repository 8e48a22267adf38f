using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>Training on this machine: the loop with a runner that works here, and gates that judge here.</summary>
public static class LocalTraining
{
    /// <param name="notice">Hears of what went wrong without changing how a job ended.</param>
    /// <param name="rollouts">As in <see cref="TrainingFinished"/>.</param>
    public static TrainingLoop Loop(
        IObjectStore store, ITrainingRunner runner, IManifestSigner signer, TimeProvider time, Action<string>? notice = null, ModelRollouts? rollouts = null) =>
        new(new(store, time), new OnceRunner(store, runner), new TrainingFinished(store, signer, time, notice, rollouts: rollouts));

    // Whoever died after the archive was stored may have registered it already: another archive, with other latencies in it, would not be the registered one.
    private sealed class OnceRunner(IObjectStore store, ITrainingRunner runner) : ITrainingRunner
    {
        public async Task<TrainingEnd> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation) =>
            await store.HeadAsync(StoreKeys.TrainingArtifact(job.Id), cancellation: cancellation) is null
                ? await runner.RunAsync(job, output, cancellation)
                : TrainingEnd.Completed;
    }
}
