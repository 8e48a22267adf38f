using Slipway.Registry.Models;

namespace Slipway.Trainer.Trainers.BoostedTrees;

/// <summary>
/// Gradient boosted trees with whichever library this machine supports: LightGBM, or FastTree if LightGBM's native library cannot be loaded. This is what the tasks have
/// in common.
/// </summary>
[TrainerName(TrainerNames.BoostedTrees)]
public abstract class BoostedTreesTrainer : IBuiltInTrainer
{
    private readonly IBuiltInTrainer _chosen;
    private readonly string? _problem;

    /// <param name="problem">Why LightGBM cannot be loaded; null if it can.</param>
    private protected BoostedTreesTrainer(IBuiltInTrainer lightGbm, IBuiltInTrainer fastTree, string? problem) =>
        (_chosen, _problem) = (problem is null ? lightGbm : fastTree, problem);

    public ModelTask Task => _chosen.Task;

    /// <summary>
    /// The hyperparameters that both libraries have with the same meaning, with the defaults of LightGBM. The names are FastTree's; LightGBM calls <c>numberOfTrees</c>
    /// <c>numberOfIterations</c>. In both, it is the number of trees per class if a model has several.
    /// </summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters { get; } =
    [
        new("numberOfTrees", 100, 1, 10_000, IsInteger: true),
        new("numberOfLeaves", 31, 2, 4096, IsInteger: true),
        new("learningRate", 0.1, 1e-4, 1),
        new("minimumExampleCountPerLeaf", 20, 1, 1_000_000, IsInteger: true),
        new("maximumBinCountPerFeature", 255, 2, 65_535, IsInteger: true),
        new("featureFraction", 1, 0.01, 1),
    ];

    public IReadOnlyDictionary<string, string> Libraries => new Dictionary<string, string> { [TrainerNames.BoostedTrees] = _chosen.Name };

    public string? Notice => _problem is null ? null : $"{_problem.TrimEnd('.')}. FastTree is used instead.";

    public long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) => _chosen.EstimateBytes(size, ForChosen(hyperparameters));

    public ITrainedModel Fit(FitRequest request) => _chosen.Fit(request with { Hyperparameters = ForChosen(request.Hyperparameters) });

    private HyperparameterSet ForChosen(HyperparameterSet values) => HyperparameterSet.Resolve(
        _chosen.Name, _chosen.Hyperparameters, Hyperparameters.ToDictionary(parameter => NameOf(parameter.Name), parameter => values[parameter.Name]),
        new Dictionary<string, string>());

    private string NameOf(string name) => name == "numberOfTrees" && _chosen.Name == TrainerNames.LightGbm ? "numberOfIterations" : name;
}
