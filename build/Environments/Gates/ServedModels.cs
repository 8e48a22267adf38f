using Slipway.Automation;
using Slipway.Build.Environments.Training;
using Slipway.Registry;

namespace Slipway.Build.Environments.Gates;

/// <summary>What an environment serves and trains on, brought to where candidates are tried.</summary>
/// <param name="environment">Null where it has not been built: it serves nothing then.</param>
public sealed class ServedModels(SlipwayEnvironment? environment, SlipwayEnvironment scratch)
{
    private static readonly TimeSpan NoGenerator = TimeSpan.Zero;

    /// <summary>Brings champion and newest dataset of a model, where there are any.</summary>
    /// <exception cref="SlipwayException">They are there, but can not be brought.</exception>
    public async Task<BroughtModel> BringAsync(string model, CancellationToken cancellation)
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

/// <param name="Champion">The version that is served; null where none is.</param>
/// <param name="HasData">Whether the environment has a dataset of the model.</param>
public sealed record BroughtModel(int? Champion, bool HasData);
