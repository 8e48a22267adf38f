namespace Slipway.Registry.Lineages;

/// <summary>
/// What a dataset of a model is trained with when it arrives: <c>models/&lt;model&gt;/recipe.json</c>, written by Deploy. Where nobody's working
/// copy is at hand, as in a Lambda function, it says which spec, which commit and which image.
/// </summary>
/// <param name="Spec">The text of <c>model.json</c>, to the byte.</param>
/// <param name="Environment">With the image that trains, by its digest.</param>
/// <param name="By">Who deployed it.</param>
public sealed record TrainingRecipe(
    string Model, string Spec, SourceReference Source, TrainingEnvironment Environment, string By, DateTimeOffset At);
