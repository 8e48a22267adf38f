using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Notifications;

/// <summary>A change of traffic as a CloudEvent 1.0 in structured mode. The same change always gives the same bytes.</summary>
/// <param name="Subject">The rollout, or the model whose version was put back or whose data drifted; absent if the change belongs to none.</param>
public sealed record TrafficEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    string Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    string? Subject,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    TrafficChange Data)
{
    public const string MediaType = "application/cloudevents+json";

    private const string TypePrefix = "slipway.traffic.";
    private const string PutBackType = "slipway.model.put-back";
    private const string DriftType = "slipway.model.drift";

    // a sentence is much shorter; what somebody wrote as the reason of a deployment may not be
    private const int MaxCharacters = 2000;

    public static TrafficEvent Of(TrafficNotification change, string gateway) => new(
        "1.0", change.Id, $"/slipway/{gateway}", TypeOf(change), change.At, change.PutBack?.Model ?? change.Drift?.Model ?? change.Rollout, "application/json",
        new(gateway, change.Before, change.Phase, change.Split, Cut(change.Reason), change.Rollout, Cut(change.Verdict), change.Counts, change.PutBack, change.Drift));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, TrafficEventJson.Default.TrafficEvent);

    /// <summary>A phase as records have it: <c>rolled-back</c>.</summary>
    public static string Word(TrafficPhase phase) => JsonSerializer.Serialize(phase, RegistryJson.Default.TrafficPhase).Trim('"');

    private static string TypeOf(TrafficNotification change) => change.PutBack is not null ? PutBackType : change.Drift is not null ? DriftType : TypePrefix + Word(change.Phase);

    private static string? Cut(string? text) => text is { Length: > MaxCharacters } ? $"{text[..MaxCharacters]}..." : text;
}

/// <param name="Split">From this change on.</param>
/// <param name="Verdict">The last verdict of the rollout; absent without one.</param>
/// <param name="Counts">What that verdict counted.</param>
/// <param name="PutBack">The version that a server put back; absent in a change of phase.</param>
/// <param name="Drift">The model whose data began or ceased to drift; absent in a change of phase.</param>
public sealed record TrafficChange(
    string Gateway,
    TrafficPhase Before,
    TrafficPhase Phase,
    TrafficSplit? Split,
    string? Reason,
    string? Rollout,
    string? Verdict,
    RolloutCounts? Counts,
    PutBackNotice? PutBack = null,
    DriftNotice? Drift = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TrafficEvent))]
internal sealed partial class TrafficEventJson : JsonSerializerContext;
