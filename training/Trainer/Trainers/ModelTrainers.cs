using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>The trainers there are: those that come with Slipway, and those that lie in the folders of models.</summary>
public sealed class ModelTrainers(params IReadOnlyList<IModelTrainer> trainers)
{
    /// <summary>Every public trainer that this program was compiled with.</summary>
    public static ModelTrainers All { get; } = new([.. typeof(ModelTrainers).Assembly.GetExportedTypes()
        .Where(type => typeof(IModelTrainer).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false } && type.GetConstructor([]) is not null)
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (IModelTrainer)Activator.CreateInstance(type)!)]);

    /// <exception cref="SlipwayException">There is none, or more than one.</exception>
    public IModelTrainer For(ModelSpec spec)
    {
        if (spec.Trainer == TrainerNames.Outside)
            throw new SlipwayException(
                "The versions of this model are made elsewhere ('trainer' in model.json is outside): bring one in with ./build.sh --target=Register --model=<name> --onnx=<file> --golden=<file>.");

        var named = trainers.Where(trainer => trainer.Name == spec.Trainer).ToList();
        if (named.Count == 0)
            throw new SlipwayException(
                $"There is no trainer '{spec.Trainer}'.{Suggestion.DidYouMean(spec.Trainer, Names)} There are: {string.Join(", ", Names)}. Correct 'trainer' in model.json.");
        return named.Where(trainer => trainer.Task == spec.Task).ToList() switch
        {
            [var one] => one,
            [] => throw new SlipwayException(
                $"{spec.Trainer} does not learn {Word(spec.Task)} models, only {string.Join(" and ", named.Select(trainer => Word(trainer.Task)))}. " +
                "Change 'task' or 'trainer' in model.json."),
            var several => throw new SlipwayException(
                $"Several trainers are called '{spec.Trainer}': {string.Join(", ", several.Select(trainer => trainer.GetType().FullName))}. Rename all but one."),
        };
    }

    private IEnumerable<string> Names => trainers.Select(trainer => trainer.Name).Distinct();

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();
}
