using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>What a training job is to be made from.</summary>
/// <param name="SpecJson">The bytes of <c>model.json</c>: they travel with the job and are hashed into its id.</param>
/// <param name="DatasetKey">An object under <c>datasets/&lt;model&gt;/</c>.</param>
/// <param name="By">The person or role that asked.</param>
/// <param name="Outside">Null where a trainer is to learn the model.</param>
public sealed record TrainingRequest(
    string Model,
    ReadOnlyMemory<byte> SpecJson,
    string DatasetKey,
    SourceReference Source,
    TrainingEnvironment Environment,
    string By,
    OutsideModel? Outside = null);

/// <summary>An ONNX file made elsewhere, with answers that it must give.</summary>
public sealed record OutsideModel(ReadOnlyMemory<byte> Onnx, ReadOnlyMemory<byte> Golden)
{
    public OutsideReference ToReference() => new(Sha256Hex.Of(Onnx.Span), Sha256Hex.Of(Golden.Span));
}
