using System.Reflection;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers;

/// <summary>
/// One way to learn models of one task. Deterministic: the same request gives the same <see cref="OnnxGraph"/>, whatever the number of cores.
/// </summary>
/// <remarks>
/// A class in the folder of a model (<c>training/models/&lt;name&gt;/*.cs</c>) that implements this, public and with a constructor without
/// parameters, is a trainer like those that come with Slipway: <c>"trainer": "&lt;name of the class&gt;"</c> in model.json asks for it.
/// The code of all models is built together with the trainer, so code that does not compile stops the build for every model;
/// what a trainer does when it runs harms its own model only, as it is not even created for another one.
/// A worked example is <c>training/models/penguins/LinearDiscriminantAnalysis.cs</c>.
/// </remarks>
public interface IModelTrainer
{
    /// <summary>What <c>trainer</c> in model.json says.</summary>
    string Name => TrainerNameAttribute.Of(GetType());

    /// <summary>A trainer learns one task; for several there are several classes of one name, as <see cref="TrainerNameAttribute"/> gives it.</summary>
    ModelTask Task { get; }

    /// <summary>All that can be set under <c>hyperparameters</c> in model.json, with the defaults.</summary>
    IReadOnlyList<Hyperparameter> Hyperparameters => [];

    /// <summary>
    /// Memory that a fit takes on top of the process and the encoded rows, in bytes: a job that can not fit is refused before it begins.
    /// By default the features of all training rows once more, as doubles.
    /// </summary>
    long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) => size.Rows * size.Features * sizeof(double);

    /// <exception cref="SlipwayException">The trainer can not run here or can not learn from these rows.</exception>
    ITrainedModel Fit(FitRequest request);
}

/// <summary>Marks what comes with Slipway: trusted with its exceptions, and the first to be asked by its name.</summary>
internal interface IBuiltInTrainer : IModelTrainer
{
    /// <summary>What decides the bytes of its models and is another on another machine, for the lineage: name to value.</summary>
    IReadOnlyDictionary<string, string> Libraries => new Dictionary<string, string>();

    /// <summary>What a person has to know about how it learns on this machine; null where there is nothing to say.</summary>
    string? Notice => null;
}

/// <summary>What model.json calls a trainer, where that is not the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrainerNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public static string Of(Type trainer) => trainer.GetCustomAttribute<TrainerNameAttribute>()?.Name ?? trainer.Name;
}

/// <summary>How much a model is to be learned from.</summary>
/// <param name="Rows">Training rows.</param>
/// <param name="Features">Encoded features a row.</param>
/// <param name="Classes">0 for regression.</param>
public sealed record FitSize(long Rows, int Features, int Classes)
{
    /// <summary>How many values the model answers a row with, or one more: for two classes a binary model says one, a multiclass model both.</summary>
    public int OutputWidth => Math.Max(1, Classes);
}

/// <summary>What a model is to be learned from.</summary>
/// <param name="Rows">The training rows, [N, F]. Without NaN: missing numbers are imputed and categories are one-hot by then.</param>
/// <param name="Features">The names of the F encoded features, such as <c>body_mass_g</c> or <c>island=Biscoe</c>.</param>
/// <param name="Classes">The words of a classification, in the order of their numbers; empty for regression.</param>
/// <param name="Seed">Of every random choice.</param>
public sealed record FitRequest(
    EncodedRows Rows, IReadOnlyList<string> Features, IReadOnlyList<string> Classes, HyperparameterSet Hyperparameters, int Seed);

/// <summary>What <see cref="IModelTrainer.Fit"/> has learned.</summary>
public interface ITrainedModel
{
    /// <summary>
    /// The model for ONNX Runtime: float <c>features</c> [N, F] in, the output of the task out, as <see cref="ModelSchema.OutputOf"/> says:
    /// binary <c>probability</c> [N, 1] of the positive class, multiclass <c>probabilities</c> [N, K] that add up to 1, regression <c>value</c> [N, 1].
    /// </summary>
    OnnxGraph ToOnnx();

    /// <summary>
    /// The answers of what was trained, by other means than ONNX Runtime: [N, K], flat, row after row. The export is proven against them on every row
    /// of the dataset, to <see cref="ParityPolicy.Tolerance"/>.
    /// </summary>
    float[] Predict(EncodedRows rows);
}
