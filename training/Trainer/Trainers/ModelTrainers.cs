using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>The trainers there are; another one joins by being listed.</summary>
public sealed class ModelTrainers(params IReadOnlyList<IModelTrainer> trainers)
{
    public static ModelTrainers BuiltIn { get; } = new(new LightGbmTrainer(), new FastTreeTrainer(), new LinearTrainer());

    public IModelTrainer For(ModelSpec spec) =>
        trainers.FirstOrDefault(trainer => trainer.Kind == spec.Trainer && trainer.Task == spec.Task)
        ?? throw new SlipwayException(
            $"No trainer learns {spec.Task.ToString().ToLowerInvariant()} models with {spec.Trainer}. " +
            $"There are: {string.Join(", ", trainers.Select(trainer => $"{trainer.Kind} ({trainer.Task.ToString().ToLowerInvariant()})"))}. " +
            "Change 'task' or 'trainer' in model.json.");
}
