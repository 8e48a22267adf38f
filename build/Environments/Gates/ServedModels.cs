using Slipway.Automation;
using Slipway.Build.Environments.Training;
using Slipway.Registry;

namespace Slipway.Build.Environments.Gates;

/// <summary>Copies what an environment serves and trains on to the environment of the trials.</summary>
/// <param name="environment">Null if it has not been created; it serves nothing then.</param>
public sealed class ServedModels(SlipwayEnvironment? environment, SlipwayEnvironment scratch)
{
    private static readonly TimeSpan NoGenerator = TimeSpan.Zero;

    /// <summary>Copies the champion and the newest dataset of a model, if they exist.</summary>
    /// <exception cref="SlipwayException">They exist but cannot be copied.</exception>
    public async Task<CopiedModel> CopyAsync(string model, CancellationToken cancellation)
    {
        if (environment is null)
            return new(null, HasData: false);
        var copy = new ServedModelCopy(environment.Store, environment.Signatures, scratch.Store, scratch.Time);
        var champion = await copy.ChampionAsync(model, cancellation);
        var datasets = await new Datasets(environment.Store, environment.Folders, NoGenerator, environment.Time).NewestFirstAsync(model, cancellation);
        if (datasets is [var newest, ..])
            await copy.DatasetAsync(newest, cancellation);
        return new(champion, datasets.Count > 0);
    }
}

/// <param name="Champion">The version that is served; null if none is.</param>
/// <param name="HasData">Whether the environment has a dataset for the model.</param>
public sealed record CopiedModel(int? Champion, bool HasData);
