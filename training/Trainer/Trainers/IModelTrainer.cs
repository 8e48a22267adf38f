using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>
/// One way to learn a model. Deterministic: the same rows, hyperparameters and seed give the same <see cref="OnnxGraph"/>,
/// whatever the number of cores.
/// </summary>
public interface IModelTrainer
{
    TrainerKind Kind { get; }

    ModelTask Task { get; }

    /// <summary>All that can be set, with the defaults.</summary>
    IReadOnlyList<Hyperparameter> Hyperparameters { get; }

    /// <summary>Memory that a fit takes on top of the process and the encoded rows, in bytes; from measurements of a million rows.</summary>
    long EstimateBytes(long rows, int features, HyperparameterSet hyperparameters);

    /// <param name="rows">Without NaN: missing values are imputed by then.</param>
    /// <exception cref="SlipwayException">The trainer can not run here or can not learn from these rows.</exception>
    ITrainedModel Fit(EncodedRows rows, HyperparameterSet hyperparameters, int seed);
}

public interface ITrainedModel
{
    /// <summary>The model for ONNX Runtime: <c>features</c> [N, F] in, <c>probability</c> [N, 1] out.</summary>
    OnnxGraph ToOnnx();

    /// <summary>ML.NET's own answers, one for each row: what the export is proven against.</summary>
    float[] Predict(EncodedRows rows);
}
