using System.Text.Json.Serialization;

namespace Slipway.Registry.Rollouts;

/// <summary>What the counts say about a candidate. Anybody can recompute it from <see cref="Counts"/> and the plan's bounds.</summary>
/// <param name="Source">Whether callers' requests or golden sets decided.</param>
/// <param name="LnFail">
/// ln of the mean of the three checks' e-values against "no worse than stable", in which a check that does not apply is 1; the candidate fails at
/// <c>ln(1 / FailAlpha)</c>.
/// </param>
/// <param name="Sentence">The result and its reason, for people.</param>
/// <param name="Shadow">The comparisons under shadow; null if the plan has none.</param>
public sealed record RolloutVerdict(
    VerdictResult Result,
    VerdictSource Source,
    IReadOnlyList<CheckVerdict> Checks,
    double LnFail,
    RolloutCounts Counts,
    ProbeCounts Probes,
    string Sentence,
    ShadowCounts? Shadow = null);

/// <param name="Events">The bad first attempts by share.</param>
/// <param name="LnFail">ln E against "the ratio of the rates is at most the tolerance".</param>
/// <param name="LnPass">ln E against "the ratio is at least the pass ratio".</param>
/// <param name="LnAbsolute">ln E against "the candidate's rate is at least the bound".</param>
/// <param name="Requests">The first attempts on the candidate among which this check looked for bad ones.</param>
/// <param name="Bad">How many of them are bad.</param>
public sealed record CheckVerdict(
    RolloutCheck Check,
    IReadOnlyList<ShareEvents> Events,
    double LnFail,
    double LnPass,
    double LnAbsolute,
    VerdictResult Result,
    string Sentence,
    long Requests = 0,
    long Bad = 0);

/// <param name="Share">The candidate's share, in percent, when the color of these requests was drawn.</param>
/// <param name="Candidate">Bad first attempts on the candidate.</param>
/// <param name="All">Bad first attempts on both.</param>
public sealed record ShareEvents(int Share, long Candidate, long All);

[JsonConverter(typeof(TolerantEnumConverter<VerdictResult>))]
public enum VerdictResult
{
    [JsonStringEnumMemberName("inconclusive")] Inconclusive,
    [JsonStringEnumMemberName("pass")] Pass,
    [JsonStringEnumMemberName("fail")] Fail,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}

[JsonConverter(typeof(TolerantEnumConverter<VerdictSource>))]
public enum VerdictSource
{
    [JsonStringEnumMemberName("requests")] Requests,
    [JsonStringEnumMemberName("probe")] Probe,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
