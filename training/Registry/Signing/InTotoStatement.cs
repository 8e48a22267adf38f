using System.Text.Json.Serialization;

namespace Slipway.Registry.Signing;

/// <summary>
/// What is signed: which bytes are meant, and how they came about. An in-toto Statement, version 1 (in-toto.io/Statement/v1), with a
/// SLSA provenance, version 1 (slsa.dev/provenance/v1).
/// </summary>
public sealed record InTotoStatement(
    [property: JsonPropertyName("_type")] string Type, IReadOnlyList<ResourceDescriptor> Subject, string PredicateType, SlsaProvenance Predicate)
{
    public const string StatementType = "https://in-toto.io/Statement/v1";
    public const string ProvenanceType = "https://slsa.dev/provenance/v1";
}

/// <param name="Digest">The digest in hexadecimal, by algorithm.</param>
public sealed record ResourceDescriptor(
    string? Name, string? Uri, IReadOnlyDictionary<string, string>? Digest, IReadOnlyDictionary<string, string>? Annotations = null);

public sealed record SlsaProvenance(BuildDefinition BuildDefinition, RunDetails RunDetails);

/// <param name="ExternalParameters">Parameters from the outside.</param>
/// <param name="InternalParameters">Parameters that the system determined.</param>
/// <param name="ResolvedDependencies">The inputs.</param>
public sealed record BuildDefinition(
    string BuildType, ExternalParameters ExternalParameters, InternalParameters InternalParameters, IReadOnlyList<ResourceDescriptor> ResolvedDependencies);

public sealed record ExternalParameters(
    string Model, ResourceDescriptor Dataset, string SpecSha256, IReadOnlyDictionary<string, string> Hyperparameters, int Seed);

public sealed record InternalParameters(string Trainer, string Architecture, IReadOnlyDictionary<string, string> Libraries);

public sealed record RunDetails(ProvenanceBuilder Builder, BuildMetadata Metadata);

public sealed record ProvenanceBuilder(string Id);

public sealed record BuildMetadata(string InvocationId, DateTimeOffset StartedOn, DateTimeOffset? FinishedOn);
