using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Automation.Jobs;

/// <summary>The inputs of a training job.</summary>
/// <param name="SpecJson">The bytes of <c>model.json</c>: they are part of the job's input and hashed into its id.</param>
/// <param name="DatasetKey">An object under <c>datasets/&lt;model&gt;/</c>.</param>
/// <param name="By">The person or role that requested it.</param>
/// <param name="Imported">Null if a trainer is to train the model.</param>
/// <param name="Cause">What asked for it; null if a dataset that arrived, or a person, did. Not one of the inputs: it changes neither the id of the job nor what it makes.</param>
public sealed record TrainingRequest(
    string Model,
    ReadOnlyMemory<byte> SpecJson,
    string DatasetKey,
    SourceReference Source,
    TrainingEnvironment Environment,
    string By,
    ImportedModel? Imported = null,
    RetrainCause? Cause = null);

/// <summary>An ONNX file that was trained elsewhere, with golden predictions.</summary>
public sealed record ImportedModel(ReadOnlyMemory<byte> Onnx, ReadOnlyMemory<byte> Golden)
{
    public ImportedReference ToReference() => new(Sha256Hex.Of(Onnx.Span), Sha256Hex.Of(Golden.Span));
}
