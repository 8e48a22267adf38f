using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry.Channels;
using Slipway.Registry.Gates;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Registry;

/// <summary>
/// The format of every record in the store: camelCase, indented for people, source-generated for trimming. Nulls are written, so that
/// a member that is absent is an error and never an accident.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(ChannelPointer))]
[JsonSerializable(typeof(ChannelCatalog))]
[JsonSerializable(typeof(HistoryEntry))]
[JsonSerializable(typeof(Lineage))]
[JsonSerializable(typeof(TrainingEvidence))]
[JsonSerializable(typeof(TrainingOutcome))]
[JsonSerializable(typeof(RegisteredVersion))]
[JsonSerializable(typeof(TrainingRecipe))]
[JsonSerializable(typeof(WaitingJob))]
[JsonSerializable(typeof(RetrainState))]
[JsonSerializable(typeof(ModelSchema))]
[JsonSerializable(typeof(ModelMetrics))]
[JsonSerializable(typeof(GoldenSet))]
[JsonSerializable(typeof(FeatureBaseline))]
[JsonSerializable(typeof(QualityEstimator))]
[JsonSerializable(typeof(JoinedHour))]
[JsonSerializable(typeof(JoinedDay))]
[JsonSerializable(typeof(QualityReport))]
[JsonSerializable(typeof(GateReport))]
[JsonSerializable(typeof(DesiredTraffic))]
[JsonSerializable(typeof(TrafficState))]
[JsonSerializable(typeof(RolloutObservation))]
[JsonSerializable(typeof(RolloutRecord))]
[JsonSerializable(typeof(ReplicaHeartbeat))]
[JsonSerializable(typeof(TrafficStatus))]
[JsonSerializable(typeof(DomainVerdict))]
[JsonSerializable(typeof(DriftWindow))]
[JsonSerializable(typeof(DriftVerdict))]
public sealed partial class RegistryJson : JsonSerializerContext;

/// <summary>One record per line: the prediction log.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PredictionRecord))]
[JsonSerializable(typeof(FeedbackRecord))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
public sealed partial class RegistryJsonLines : JsonSerializerContext;

/// <summary>What people write by hand: comments and trailing commas are allowed, unknown members are rejected.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ModelSpec))]
public sealed partial class SpecJson : JsonSerializerContext;
