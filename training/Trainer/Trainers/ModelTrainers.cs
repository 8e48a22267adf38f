using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Trainers.Own;

namespace Slipway.Trainer.Trainers;

/// <summary>The trainers there are: those that come with Slipway, and those that lie in the folders of models.</summary>
/// <param name="classes">Of which one is created when a model asks for it: a trainer that throws or has a name twice harms nobody else.</param>
public sealed class ModelTrainers(params IReadOnlyList<Type> classes)
{
    /// <summary>Every trainer that this program was compiled with.</summary>
    public static ModelTrainers All { get; } = new([.. typeof(ModelTrainers).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IModelTrainer)) && type is { IsClass: true, IsAbstract: false } && type != typeof(OwnTrainer))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)]);

    /// <exception cref="SlipwayException">There is none, or more than one, or it can not be created.</exception>
    public IModelTrainer For(ModelSpec spec)
    {
        if (spec.Trainer == TrainerNames.Outside)
            throw new SlipwayException(
                "The versions of this model are made elsewhere ('trainer' in model.json is outside): bring one in with ./build.sh --target=Register --model=<name> --onnx=<file> --golden=<file>.");

        var named = Named(spec.Trainer).Select(Create).ToList();
        if (named.Count == 0)
            throw new SlipwayException(
                $"There is no trainer '{spec.Trainer}'.{Suggestion.DidYouMean(spec.Trainer, Names)} There are: {string.Join(", ", Names)}. " +
                $"Correct 'trainer' in model.json, or put a class {spec.Trainer} that implements {nameof(IModelTrainer)} beside it.");
        return named.Where(trainer => trainer.Task == spec.Task).ToList() switch
        {
            [var one] => one,
            [] => throw new SlipwayException(
                $"{spec.Trainer} does not learn {Word(spec.Task)} models, only {string.Join(" and ", named.Select(trainer => Word(trainer.Task)))}. " +
                "Change 'task' or 'trainer' in model.json."),
            _ => throw new SlipwayException(
                $"Several trainers are called '{spec.Trainer}': {string.Join(", ", Named(spec.Trainer).Select(type => type.FullName))}. Rename all but one."),
        };
    }

    private IEnumerable<string> Names => classes.Select(TrainerNameAttribute.Of).Distinct();

    // a name that comes with Slipway is taken: a class of that name in one model's folder must not confuse the others
    private List<Type> Named(string name) =>
        [.. classes.Where(type => TrainerNameAttribute.Of(type) == name && (IsBuiltIn(type) || !TrainerNames.BuiltIn.Contains(name)))];

    private static IModelTrainer Create(Type type) => IsBuiltIn(type) ? (IModelTrainer)Activator.CreateInstance(type)! : OwnTrainer.Create(type);

    private static bool IsBuiltIn(Type type) => type.IsAssignableTo(typeof(IBuiltInTrainer));

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();
}
