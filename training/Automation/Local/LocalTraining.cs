using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>Training on this machine: the training loop with a local runner and local gates.</summary>
public static class LocalTraining
{
    /// <param name="notice">Hears of what went wrong without changing how a job ended.</param>
    /// <param name="rollouts">As in <see cref="TrainingFinished"/>.</param>
    public static TrainingLoop Loop(
        IObjectStore store, ITrainingRunner runner, IManifestSigner signer, TimeProvider time, Action<string>? notice = null, ModelRollouts? rollouts = null) =>
        new(new(store, time), new OnceRunner(store, runner), new TrainingFinished(store, signer, time, notice, rollouts: rollouts));

    // A process that crashed after it stored the archive may have registered it already: a new archive, with different latencies in it, would not be the registered one.
    private sealed class OnceRunner(IObjectStore store, ITrainingRunner runner) : ITrainingRunner
    {
        public async Task<TrainingEnd> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation) =>
            await store.HeadAsync(StoreKeys.TrainingArtifact(job.Id), cancellation: cancellation) is null
                ? await runner.RunAsync(job, output, cancellation)
                : TrainingEnd.Completed;
    }
}
