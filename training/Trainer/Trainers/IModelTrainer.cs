using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>
/// One way to learn models of one task. Deterministic: the same request gives the same <see cref="OnnxGraph"/>, whatever the number of cores.
/// A class in the folder of a model that implements it, public and with a constructor without parameters, is a trainer like those that come with Slipway.
/// </summary>
public interface IModelTrainer
{
    /// <summary>What <c>trainer</c> in model.json says.</summary>
    string Name { get; }

    ModelTask Task { get; }

    /// <summary>All that can be set, with the defaults.</summary>
    IReadOnlyList<Hyperparameter> Hyperparameters { get; }

    /// <summary>Memory that a fit takes on top of the process and the encoded rows, in bytes.</summary>
    long EstimateBytes(FitSize size, HyperparameterSet hyperparameters);

    /// <exception cref="SlipwayException">The trainer can not run here or can not learn from these rows.</exception>
    ITrainedModel Fit(FitRequest request);
}

/// <summary>How much a model is to be learned from.</summary>
/// <param name="Rows">Training rows.</param>
/// <param name="Features">Encoded features a row.</param>
/// <param name="Classes">0 for regression.</param>
public sealed record FitSize(long Rows, int Features, int Classes)
{
    /// <summary>How many values the model answers a row with.</summary>
    public int OutputWidth => Classes > 2 ? Classes : 1;
}

/// <summary>What a model is to be learned from.</summary>
/// <param name="Rows">The training rows. Without NaN: missing values are imputed by then.</param>
/// <param name="Features">Names of the encoded features, in the order of the columns of <paramref name="Rows"/>.</param>
/// <param name="Classes">The words of a classification, in the order of their numbers; empty for regression.</param>
/// <param name="Seed">Of every random choice.</param>
public sealed record FitRequest(
    EncodedRows Rows, IReadOnlyList<string> Features, IReadOnlyList<string> Classes, HyperparameterSet Hyperparameters, int Seed);

public interface ITrainedModel
{
    /// <summary>The model for ONNX Runtime: <c>features</c> [N, F] in, the output of the task out, as <see cref="ModelSchema.OutputOf"/> says.</summary>
    OnnxGraph ToOnnx();

    /// <summary>The answers of the library that trained the model, row after row, each as wide as the output: what the export is proven against.</summary>
    float[] Predict(EncodedRows rows);
}
