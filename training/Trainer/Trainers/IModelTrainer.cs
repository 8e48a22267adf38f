using System.Reflection;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers;

/// <summary>
/// Trains models of one task. Deterministic: the same request gives the same <see cref="OnnxGraph"/>, whatever the number of cores.
/// </summary>
/// <remarks>
/// A public class in the folder of a model (<c>training/models/&lt;name&gt;/*.cs</c>) that implements this interface and has a parameterless
/// constructor is a trainer like the built-in ones: <c>"trainer": "&lt;name of the class&gt;"</c> in model.json selects it.
/// The code of all models is compiled together with the trainer, so code that does not compile fails the build for every model;
/// errors at run time affect only its own model, because it is not even created for another one.
/// For an example, see <c>training/models/penguins/LinearDiscriminantAnalysis.cs</c>.
/// </remarks>
public interface IModelTrainer
{
    /// <summary>The value of <c>trainer</c> in model.json.</summary>
    string Name => TrainerNameAttribute.Of(GetType());

    /// <summary>A trainer trains one task; for several, there are several classes with one name, set by <see cref="TrainerNameAttribute"/>.</summary>
    ModelTask Task { get; }

    /// <summary>Everything that can be set under <c>hyperparameters</c> in model.json, with the defaults.</summary>
    IReadOnlyList<Hyperparameter> Hyperparameters => [];

    /// <summary>
    /// The memory that a fit needs in addition to the process and the encoded rows, in bytes: a job without enough memory is rejected before it starts.
    /// By default, the features of all training rows again, as doubles.
    /// </summary>
    long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) => size.Rows * size.Features * sizeof(double);

    /// <exception cref="SlipwayException">The trainer cannot run here, or cannot train on these rows.</exception>
    ITrainedModel Fit(FitRequest request);
}

/// <summary>Marks the built-in trainers: their exceptions are trusted, and their names take precedence.</summary>
internal interface IBuiltInTrainer : IModelTrainer
{
    /// <summary>What determines the bytes of its models and depends on the machine, for the lineage: values by name.</summary>
    IReadOnlyDictionary<string, string> Libraries => new Dictionary<string, string>();

    /// <summary>What people should know about how it trains on this machine; null if there is nothing to report.</summary>
    string? Notice => null;
}

/// <summary>The name of a trainer in model.json, if it differs from the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrainerNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public static string Of(Type trainer) => trainer.GetCustomAttribute<TrainerNameAttribute>()?.Name ?? trainer.Name;
}

/// <summary>The size of the training data.</summary>
/// <param name="Rows">Training rows.</param>
/// <param name="Features">Encoded features per row.</param>
/// <param name="Classes">0 for regression.</param>
public sealed record FitSize(long Rows, int Features, int Classes)
{
    /// <summary>The number of values that the model predicts per row, or one more: for two classes, a binary model predicts one, a multiclass model both.</summary>
    public int OutputWidth => Math.Max(1, Classes);
}

/// <summary>The input of a fit.</summary>
/// <param name="Rows">The training rows, [N, F]. Without NaN: missing numbers have been imputed and categories one-hot encoded.</param>
/// <param name="Features">The names of the F encoded features, such as <c>body_mass_g</c> or <c>island=Biscoe</c>.</param>
/// <param name="Classes">The labels of a classification, in the order of their numbers; empty for regression.</param>
/// <param name="Seed">The seed of every random choice.</param>
public sealed record FitRequest(
    EncodedRows Rows, IReadOnlyList<string> Features, IReadOnlyList<string> Classes, HyperparameterSet Hyperparameters, int Seed);

/// <summary>The result of <see cref="IModelTrainer.Fit"/>.</summary>
public interface ITrainedModel
{
    /// <summary>
    /// The model for ONNX Runtime: float <c>features</c> [N, F] in, the output of the task out; see <see cref="ModelSchema.OutputOf"/>:
    /// binary <c>probability</c> [N, 1] of the positive class, multiclass <c>probabilities</c> [N, K] that add up to 1, regression <c>value</c> [N, 1].
    /// </summary>
    OnnxGraph ToOnnx();

    /// <summary>
    /// The predictions of the trained model, computed without ONNX Runtime: [N, K], flat, row after row. The export is compared with them on every row
    /// of the dataset, within <see cref="ParityPolicy.Tolerance"/>.
    /// </summary>
    float[] Predict(EncodedRows rows);
}
