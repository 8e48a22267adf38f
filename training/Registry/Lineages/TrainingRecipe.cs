namespace Slipway.Registry.Lineages;

/// <summary>
/// What an arriving dataset of a model is trained with: <c>models/&lt;model&gt;/recipe.json</c>, written by Deploy. Where there is no working
/// copy, as in a Lambda function, it provides the spec, the commit and the image.
/// </summary>
/// <param name="Spec">The exact text of <c>model.json</c>.</param>
/// <param name="Environment">With the digest of the training image.</param>
/// <param name="By">Who deployed it.</param>
public sealed record TrainingRecipe(
    string Model, string Spec, SourceReference Source, TrainingEnvironment Environment, string By, DateTimeOffset At);
