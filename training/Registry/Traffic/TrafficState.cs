using System.Text.Json.Serialization;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;

namespace Slipway.Registry.Traffic;

/// <summary>The actual traffic: <c>traffic/&lt;gateway&gt;/state.json</c>. Only the gateway that holds the lease writes it.</summary>
/// <param name="Revision">The revision of the desired traffic that has been reached; 0 before the first.</param>
/// <param name="Live">The color that traffic is safe on.</param>
/// <param name="Split">Of all requests, except those of a model whose version is being rolled out; see <see cref="SplitOf"/>.</param>
/// <param name="Reason">Why it is in this phase, in one sentence.</param>
/// <param name="Rollout">The rollout that led to this phase, running or ended; null if none did, and in records that predate this member.</param>
/// <param name="Outbox">Changes of phase that have not been reported to every target yet; null if there are none, and in records that predate this member.</param>
public sealed record TrafficState(
    int Revision,
    TrafficPhase Phase,
    TrafficSplit Split,
    Color Live,
    string Reason,
    TrafficLease Lease,
    DateTimeOffset ChangedAt,
    RolloutState? Rollout = null,
    IReadOnlyList<TrafficNotification>? Outbox = null)
{
    /// <summary>The split of a model's requests.</summary>
    /// <param name="model">Null for requests that name no model.</param>
    public TrafficSplit SplitOf(string? model) =>
        Rollout is { Plan.Model: { } rolled } rollout && rolled == model ? TrafficSplit.Share(rollout.Candidate, rollout.Share) : Split;
}

/// <summary>Percentages that add up to 100.</summary>
public sealed record TrafficSplit(int Blue, int Green)
{
    // while a model is rolled out, each of its requests asks for one
    private static readonly TrafficSplit[] Known = [.. Enumerable.Range(0, 101).Select(blue => new TrafficSplit(blue, 100 - blue))];

    public static TrafficSplit All(Color color) => Share(color, 100);

    // a later release could have written any share
    public static TrafficSplit Share(Color color, int percent) =>
        (color == Color.Blue ? percent : 100 - percent) is var blue && blue is >= 0 and <= 100 ? Known[blue] : new(blue, 100 - blue);

    public int Of(Color color) => color == Color.Blue ? Blue : Green;
}

/// <param name="Renewal">Increases with every renewal, so that the ETag changes; a lease whose ETag does not change has expired.</param>
public sealed record TrafficLease(string? Holder, long Renewal);

[JsonConverter(typeof(TolerantEnumConverter<TrafficPhase>))]
public enum TrafficPhase
{
    /// <summary>All traffic is on the live color and nothing else was requested.</summary>
    [JsonStringEnumMemberName("idle")] Idle,

    /// <summary>The requested color is not ready yet; traffic stays on the live color.</summary>
    [JsonStringEnumMemberName("preparing")] Preparing,

    /// <summary>The requested color has all traffic and is live.</summary>
    [JsonStringEnumMemberName("promoted")] Promoted,

    /// <summary>A rollout's candidate gets a growing share of requests.</summary>
    [JsonStringEnumMemberName("progressing")] Progressing,

    /// <summary>The candidate has passed and gets all requests but those that are still compared with stable.</summary>
    [JsonStringEnumMemberName("baking")] Baking,

    /// <summary>The candidate failed, or somebody rolled back: all traffic is on the live color.</summary>
    [JsonStringEnumMemberName("rolled-back")] RolledBack,

    /// <summary>The rollout reached its deadline without a verdict: all traffic is on the live color, and a person has to decide.</summary>
    [JsonStringEnumMemberName("halted")] Halted,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
