using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>What a training job is to be made from.</summary>
/// <param name="SpecJson">The bytes of <c>model.json</c>: they travel with the job and are hashed into its id.</param>
/// <param name="DatasetKey">An object under <c>datasets/&lt;model&gt;/</c>.</param>
/// <param name="By">The person or role that asked.</param>
public sealed record TrainingRequest(
    string Model,
    ReadOnlyMemory<byte> SpecJson,
    string DatasetKey,
    SourceReference Source,
    TrainingEnvironment Environment,
    string By);
