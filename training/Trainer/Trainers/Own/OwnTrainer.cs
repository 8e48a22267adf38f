using Slipway.Registry.Models;

namespace Slipway.Trainer.Trainers.Own;

/// <summary>A trainer out of the folder of a model. Nothing that it does is taken on trust.</summary>
internal sealed class OwnTrainer : IModelTrainer
{
    private readonly OwnCode _code;
    private readonly IModelTrainer _inner;

    private OwnTrainer(OwnCode code, IModelTrainer inner)
    {
        (_code, _inner) = (code, inner);
        Name = code.Call(nameof(Name), () => inner.Name);
        Task = code.Call(nameof(Task), () => inner.Task);
        Hyperparameters = code.Call(nameof(Hyperparameters), () => inner.Hyperparameters?.ToList()) ?? throw code.Wrong($"gives null for {nameof(Hyperparameters)}.");
        foreach (var problem in Problems(Hyperparameters))
            throw code.Wrong($"declares hyperparameters that make no sense: {problem}");
    }

    /// <exception cref="OwnCodeException">It is no class that can be created, or throws while it is.</exception>
    public static OwnTrainer Create(Type type)
    {
        var code = new OwnCode(type);
        if (!type.IsVisible || type.ContainsGenericParameters || type.GetConstructor([]) is null)
            throw code.Wrong($"implements {nameof(IModelTrainer)}, but can not be created: make it a public class, not generic, with a public constructor without parameters.");
        return new(code, code.Call("its constructor", () => (IModelTrainer)Activator.CreateInstance(type)!));
    }

    public string Name { get; }

    public ModelTask Task { get; }

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; }

    public long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        Math.Max(0, _code.Call(nameof(EstimateBytes), () => _inner.EstimateBytes(size, hyperparameters)));

    public ITrainedModel Fit(FitRequest request)
    {
        var model = _code.Call(nameof(Fit), () => _inner.Fit(request)) ?? throw _code.Wrong($"gives null from {nameof(Fit)}.");
        return new OwnModel(_code, model, Task, request);
    }

    private static IEnumerable<string> Problems(IReadOnlyList<Hyperparameter> parameters)
    {
        foreach (var parameter in parameters)
            if (parameter is null || string.IsNullOrWhiteSpace(parameter.Name))
                yield return "one has no name.";
            else if (parameters.Count(other => other?.Name == parameter.Name) > 1 || parameter.Name == "seed")
                yield return $"the name '{parameter.Name}' is taken.";
            else if (!(parameter.Default >= parameter.Minimum && parameter.Default <= parameter.Maximum))
                yield return FormattableString.Invariant($"the default of '{parameter.Name}', {parameter.Default}, does not lie from {parameter.Minimum} to {parameter.Maximum}.");
    }
}
