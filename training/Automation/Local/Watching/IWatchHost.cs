using Slipway.Automation.Jobs;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Local.Watching;

/// <summary>What a watcher needs of the environment that it works in.</summary>
public interface IWatchHost
{
    /// <summary>Keeps other commands from changing the environment, and waits, within bounds, while one does.</summary>
    /// <returns>Null when the environment was not to be had; ask again later.</returns>
    Task<IDisposable?> LockAsync(Action<string> waiting, CancellationToken cancellation);

    /// <summary>What a job on this dataset is made from now.</summary>
    /// <exception cref="Registry.SlipwayException">The model can not be trained as it is.</exception>
    TrainingRequest Request(string model, string datasetKey);

    /// <summary>Valid while the environment is locked.</summary>
    ITrainingRunner Runner { get; }

    /// <summary>Signs what passes its gates.</summary>
    IManifestSigner Signer { get; }

    /// <summary>Where a person finds an object of the store.</summary>
    string PathOf(string key);

    /// <summary>Waits until the servers answer with a version.</summary>
    Task<ServingReport> WaitUntilServingAsync(string model, int version, CancellationToken cancellation);
}

/// <param name="Answers">The servers answer with the version.</param>
/// <param name="Text">Who does, or why not, as the rest of a sentence that begins with the version.</param>
public sealed record ServingReport(bool Answers, string Text);
