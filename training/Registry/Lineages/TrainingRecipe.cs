using Slipway.Registry.Costs;

namespace Slipway.Registry.Lineages;

/// <summary>
/// What an arriving dataset of a model is trained with: <c>models/&lt;model&gt;/recipe.json</c>, written by Deploy. Where there is no working
/// copy, as in a Lambda function, it provides the spec, the commit and the image.
/// </summary>
/// <param name="Spec">The exact text of <c>model.json</c>.</param>
/// <param name="Environment">With the digest of the training image.</param>
/// <param name="By">Who deployed it.</param>
/// <param name="Prices">By which its jobs are priced; null if there is no table of prices, or if the recipe predates this member.</param>
public sealed record TrainingRecipe(
    string Model, string Spec, SourceReference Source, TrainingEnvironment Environment, string By, DateTimeOffset At, PriceTable? Prices = null);
