using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Local.Watching;

/// <summary>What a watcher needs from its environment.</summary>
public interface IWatchHost
{
    /// <summary>Keeps other commands from changing the environment; waits, within limits, while another command does.</summary>
    /// <returns>Null if the environment was not available; try again later.</returns>
    Task<IDisposable?> LockAsync(Action<string> waiting, CancellationToken cancellation);

    /// <summary>The inputs of a job on this dataset.</summary>
    /// <exception cref="Registry.SlipwayException">The model cannot be trained as it is.</exception>
    TrainingRequest Request(string model, string datasetKey);

    /// <summary>Valid while the environment is locked.</summary>
    ITrainingRunner Runner { get; }

    /// <summary>Signs versions that pass their gates.</summary>
    IManifestSigner Signer { get; }

    /// <summary>How versions of models with <c>"delivery": "rollout"</c> get their requests.</summary>
    ModelRollouts Rollouts { get; }

    /// <summary>The location of an object in the store, for people.</summary>
    string PathOf(string key);

    /// <summary>Waits until the servers serve a version, or its rollout has ended.</summary>
    Task<ServingReport> WaitUntilServingAsync(string model, int version, CancellationToken cancellation);
}

/// <param name="Answers">The servers serve the version.</param>
/// <param name="Text">Which servers do, or why not, as the rest of a sentence that begins with the version.</param>
public sealed record ServingReport(bool Answers, string Text);
