using Slipway.Registry.Models;

namespace Slipway.Trainer.Trainers.Custom;

/// <summary>A trainer from the folder of a model. Nothing that it does is trusted.</summary>
internal sealed class CustomTrainer : IModelTrainer
{
    private readonly CustomCode _code;
    private readonly IModelTrainer _inner;

    private CustomTrainer(CustomCode code, IModelTrainer inner)
    {
        (_code, _inner) = (code, inner);
        Name = code.Call(nameof(Name), () => inner.Name);
        Task = code.Call(nameof(Task), () => inner.Task);
        Hyperparameters = code.Call(nameof(Hyperparameters), () => inner.Hyperparameters?.ToList()) ?? throw code.Wrong($"returns null for {nameof(Hyperparameters)}.");
        foreach (var problem in Problems(Hyperparameters))
            throw code.Wrong($"declares invalid hyperparameters: {problem}");
    }

    /// <exception cref="CustomCodeException">It is not a class that can be created, or its constructor throws.</exception>
    public static CustomTrainer Create(Type type)
    {
        var code = new CustomCode(type);
        if (!type.IsVisible || type.ContainsGenericParameters || type.GetConstructor([]) is null)
            throw code.Wrong($"implements {nameof(IModelTrainer)}, but cannot be created: make it a public, non-generic class with a public parameterless constructor.");
        return new(code, code.Call("its constructor", () => (IModelTrainer)Activator.CreateInstance(type)!));
    }

    public string Name { get; }

    public ModelTask Task { get; }

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; }

    public long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        Math.Max(0, _code.Call(nameof(EstimateBytes), () => _inner.EstimateBytes(size, hyperparameters)));

    public ITrainedModel Fit(FitRequest request)
    {
        var model = _code.Call(nameof(Fit), () => _inner.Fit(request)) ?? throw _code.Wrong($"returns null from {nameof(Fit)}.");
        return new CustomModel(_code, model, Task, request);
    }

    private static IEnumerable<string> Problems(IReadOnlyList<Hyperparameter> parameters)
    {
        foreach (var parameter in parameters)
            if (parameter is null || string.IsNullOrWhiteSpace(parameter.Name))
                yield return "one has no name.";
            else if (parameters.Count(other => other?.Name == parameter.Name) > 1 || parameter.Name == "seed")
                yield return $"the name '{parameter.Name}' is used twice.";
            else if (!(parameter.Default >= parameter.Minimum && parameter.Default <= parameter.Maximum))
                yield return FormattableString.Invariant($"the default of '{parameter.Name}', {parameter.Default}, is not from {parameter.Minimum} to {parameter.Maximum}.");
    }
}
