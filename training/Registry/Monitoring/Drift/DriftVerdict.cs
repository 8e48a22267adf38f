using System.Text.Json.Serialization;

namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// What the counts of one complete window say: <c>monitoring/&lt;model&gt;/drift/&lt;start&gt;.&lt;version&gt;.json</c>, written once by the gateway that holds the
/// lease, and <c>latest.json</c> beside it, a copy of the newest.
/// </summary>
/// <param name="Rows">Predicted rows.</param>
/// <param name="Replicas">The servers whose counts were added.</param>
/// <param name="Alpha">The probability of a false alarm in a window: its length as a share of a year, so that a model has at most one a year.</param>
/// <param name="Ratio">The largest ratio of a feature's distance to its bound; above 1 is drift.</param>
/// <param name="Drifted">How many features have drifted, the output included.</param>
/// <param name="Output">Of what was predicted; null if the version's baseline has no output, or too few rows were predicted.</param>
/// <param name="Checks">Columns with values that the data checks count; those with <see cref="DataCheckResult.Problem"/> are beyond chance.</param>
/// <param name="Sentence">For people.</param>
/// <param name="Gateway">The one that wrote it.</param>
/// <param name="AlarmSince">The start of the first of the windows in a row that are an alarm, as far as they had enough rows; null if this is none.</param>
public sealed record DriftVerdict(
    string Model,
    int Version,
    DateTimeOffset Start,
    TimeSpan Length,
    DateTimeOffset At,
    DriftState State,
    long Rows,
    IReadOnlyList<string> Replicas,
    double Alpha,
    double Ratio,
    int Drifted,
    IReadOnlyList<FeatureDrift> Features,
    FeatureDrift? Output,
    IReadOnlyList<DataCheckResult> Checks,
    string Sentence,
    string? Gateway = null,
    DateTimeOffset? AlarmSince = null)
{
    /// <summary>Those that are beyond chance.</summary>
    [JsonIgnore]
    public IEnumerable<DataCheckResult> Problems => Checks.Where(check => check.Problem);

    /// <summary>Whether somebody should look at it.</summary>
    [JsonIgnore]
    public bool IsAlarm => Drifted > 0 || Checks.Any(check => check.Problem);
}

[JsonConverter(typeof(TolerantEnumConverter<DriftState>))]
public enum DriftState
{
    /// <summary>Written by a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>No distance exceeds its bound, and no data check is beyond chance.</summary>
    [JsonStringEnumMemberName("stable")] Stable,

    /// <summary>At least one feature or the output has drifted.</summary>
    [JsonStringEnumMemberName("drifted")] Drifted,

    /// <summary>No distance exceeds its bound, but a data check is beyond chance.</summary>
    [JsonStringEnumMemberName("problems")] Problems,

    /// <summary>Too few rows to measure a distance.</summary>
    [JsonStringEnumMemberName("too-few")] TooFew,

    /// <summary>The version's artifact has no baseline to compare with.</summary>
    [JsonStringEnumMemberName("no-baseline")] NoBaseline,
}

/// <param name="P">Of the distances together, before Benjamini-Hochberg.</param>
/// <param name="Ratio">The largest ratio of a deciding distance to its bound.</param>
/// <param name="Values">The values that were compared; missing ones are not.</param>
public sealed record FeatureDrift(string Name, bool Drifted, double Ratio, double P, long Values, IReadOnlyList<DriftDistance> Distances);

/// <param name="Bound">What it must exceed: the effect floor, or what chance alone reaches, whichever is larger.</param>
/// <param name="Decides">Whether it counts for the verdict; PSI is shown because people know it, and says the same as the Jensen-Shannon distance.</param>
public sealed record DriftDistance(DriftStatistic Statistic, double Value, double Bound, double P, bool Decides);

[JsonConverter(typeof(TolerantEnumConverter<DriftStatistic>))]
public enum DriftStatistic
{
    /// <summary>Written by a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>Population stability index.</summary>
    [JsonStringEnumMemberName("psi")] Psi,

    /// <summary>Jensen-Shannon distance in nats.</summary>
    [JsonStringEnumMemberName("js")] JensenShannon,

    /// <summary>Kolmogorov-Smirnov distance.</summary>
    [JsonStringEnumMemberName("ks")] KolmogorovSmirnov,

    /// <summary>First Wasserstein distance in standard deviations of the baseline.</summary>
    [JsonStringEnumMemberName("wasserstein")] Wasserstein,
}

/// <param name="Count">Values, or requests for <see cref="DataCheck.TypeFailure"/>.</param>
/// <param name="Share">Of all that could have been counted.</param>
/// <param name="Expected">The share in the training data.</param>
/// <param name="Problem">Whether it is beyond chance and large enough to matter.</param>
public sealed record DataCheckResult(string Name, DataCheck Check, long Count, double Share, double Expected, bool Problem);

[JsonConverter(typeof(TolerantEnumConverter<DataCheck>))]
public enum DataCheck
{
    /// <summary>Written by a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    [JsonStringEnumMemberName("missing")] Missing,

    /// <summary>A category that the training data did not have.</summary>
    [JsonStringEnumMemberName("new-category")] NewCategory,

    /// <summary>A number outside the range of the training data.</summary>
    [JsonStringEnumMemberName("out-of-range")] OutOfRange,

    /// <summary>Something else than a number, so that the request was rejected.</summary>
    [JsonStringEnumMemberName("type-failure")] TypeFailure,

    /// <summary>The same value in every row, although the training data has several.</summary>
    [JsonStringEnumMemberName("constant")] Constant,
}
