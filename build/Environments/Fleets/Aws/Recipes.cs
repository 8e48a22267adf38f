using System.Text;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>Writes to the store what arriving datasets of each model are trained with.</summary>
/// <param name="prices">By which jobs are priced; null if nobody says.</param>
public sealed class Recipes(IObjectStore store, TimeProvider time, PriceTable? prices = null)
{
    // images are built for the architecture of the tasks
    private const string Architecture = "X64";

    public async Task<TrainingRecipe?> FindAsync(string model, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.Recipe(model), RegistryJson.Default.TrainingRecipe, cancellation))?.Value;

    /// <summary>Writes a recipe, unless an equal one exists.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> WriteAsync(ModelFolder model, TrainerBuild build, CancellationToken cancellation)
    {
        model.ReadSpec();
        var recipe = new TrainingRecipe(
            model.Name, Encoding.UTF8.GetString(model.ReadSpecJson()), build.Source,
            new(build.Image, Architecture, new Dictionary<string, string>()), build.By, time.GetUtcNow(), prices);
        if (await FindAsync(model.Name, cancellation) is { } known && IsSame(known, recipe))
            return false;

        await store.WriteAsync(StoreKeys.Recipe(model.Name), recipe, RegistryJson.Default.TrainingRecipe, PutCondition.None, cancellation);
        return true;
    }

    private static bool IsSame(TrainingRecipe one, TrainingRecipe other) =>
        one.Spec == other.Spec && one.Source == other.Source && one.Environment.Image == other.Environment.Image
        && one.Environment.Architecture == other.Environment.Architecture
        && PriceTableReader.Same(one.Prices, other.Prices);
}
