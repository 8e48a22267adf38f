using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Trainers.Custom;

namespace Slipway.Trainer.Trainers;

/// <summary>The available trainers: the built-in ones, and those in the folders of models.</summary>
/// <param name="classes">A class is only created when a model asks for it: a trainer that throws, or whose name is not unique, does not affect others.</param>
public sealed class ModelTrainers(params IReadOnlyList<Type> classes)
{
    /// <summary>Every trainer that this program was compiled with.</summary>
    public static ModelTrainers All { get; } = new([.. typeof(ModelTrainers).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IModelTrainer)) && type is { IsClass: true, IsAbstract: false } && type != typeof(CustomTrainer))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)]);

    /// <exception cref="SlipwayException">There is none, or more than one, or it cannot be created.</exception>
    public IModelTrainer For(ModelSpec spec)
    {
        if (spec.Trainer == TrainerNames.Imported)
            throw new SlipwayException(
                "The versions of this model are imported ('trainer' in model.json is outside): register one with ./build.sh --target=Register --model=<name> --onnx=<file> --golden=<file>.");

        var named = Named(spec.Trainer).Select(Create).ToList();
        if (named.Count == 0)
            throw new SlipwayException(
                $"There is no trainer '{spec.Trainer}'.{Suggestion.DidYouMean(spec.Trainer, Names)} Trainers: {string.Join(", ", Names)}. " +
                $"Correct 'trainer' in model.json, or add a class {spec.Trainer} that implements {nameof(IModelTrainer)} next to it.");
        return named.Where(trainer => trainer.Task == spec.Task).ToList() switch
        {
            [var one] => one,
            [] => throw new SlipwayException(
                $"{spec.Trainer} does not train {Word(spec.Task)} models, only {string.Join(" and ", named.Select(trainer => Word(trainer.Task)))}. " +
                "Change 'task' or 'trainer' in model.json."),
            _ => throw new SlipwayException(
                $"Several trainers are named '{spec.Trainer}': {string.Join(", ", Named(spec.Trainer).Select(type => type.FullName))}. Rename all but one."),
        };
    }

    private IEnumerable<string> Names => classes.Select(TrainerNameAttribute.Of).Distinct();

    // the names of built-in trainers are reserved: a class of that name in one model's folder must not confuse the others
    private List<Type> Named(string name) =>
        [.. classes.Where(type => TrainerNameAttribute.Of(type) == name && (IsBuiltIn(type) || !TrainerNames.BuiltIn.Contains(name)))];

    private static IModelTrainer Create(Type type) => IsBuiltIn(type) ? (IModelTrainer)Activator.CreateInstance(type)! : CustomTrainer.Create(type);

    private static bool IsBuiltIn(Type type) => type.IsAssignableTo(typeof(IBuiltInTrainer));

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();
}
