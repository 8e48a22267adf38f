namespace Slipway.Registry.Models;

/// <summary>What is known only to the job itself, for the lineage: <c>training.json</c> in the archive.</summary>
/// <param name="Hyperparameters">As used, including defaults.</param>
/// <param name="DatasetSha256">Hash of the bytes that the job read.</param>
/// <param name="OnnxSha256">Hash of <c>model.onnx</c>.</param>
public sealed record TrainingEvidence(
    string Trainer,
    IReadOnlyDictionary<string, string> Hyperparameters,
    int Seed,
    string DatasetSha256,
    long Rows,
    string OnnxSha256,
    string Architecture,
    IReadOnlyDictionary<string, string> Libraries);
