namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// The predictions of one model and hour, joined with all their labels so far: <c>monitoring/&lt;model&gt;/hours/&lt;hour&gt;.json</c>. An hour is read again only if
/// the log has more of it.
/// </summary>
/// <param name="Hour">Its start, in UTC.</param>
/// <param name="Objects">Identifies the objects of the log that it was read from.</param>
/// <param name="Problems">What was left out, in sentences; the first few.</param>
public sealed record JoinedHour(
    DateTimeOffset Hour,
    DateTimeOffset JoinedAt,
    string Objects,
    IReadOnlyList<JoinedVersion> Versions,
    FeedbackCounts Feedback,
    IReadOnlyList<string> Problems)
{
    /// <summary>The versions of several hours together, or of several passes over one.</summary>
    public static IReadOnlyList<JoinedVersion> Together(IEnumerable<JoinedHour> hours) =>
        [.. hours.SelectMany(hour => hour.Versions).GroupBy(version => version.Version).OrderBy(version => version.Key).Select(version => version.Aggregate((one, other) => one.Plus(other)))];

    /// <summary>Another pass over the same hour.</summary>
    public JoinedHour Plus(JoinedHour pass) => this with
    {
        Versions = Together([this, pass]),
        Feedback = Feedback.Plus(pass.Feedback),
        Problems = [.. Problems.Union(pass.Problems)],
    };
}

/// <param name="Predictions">Predicted rows in the log.</param>
/// <param name="Labels">Of the labeled rows: the sums of a <see cref="QualityTally"/>.</param>
/// <param name="Slices">The same for each slice, such as <c>Type=L</c>.</param>
/// <param name="Estimate">Of all rows: the sums of an <see cref="EstimateTally"/>.</param>
public sealed record JoinedVersion(
    int Version,
    long Predictions,
    long Labeled,
    TallySums Labels,
    IReadOnlyDictionary<string, TallySums> Slices,
    TallySums Estimate,
    DelayCounts Delay)
{
    public JoinedVersion Plus(JoinedVersion other)
    {
        var slices = new SortedDictionary<string, TallySums>(Slices.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, sums) in other.Slices)
            slices[name] = slices.TryGetValue(name, out var before) ? before.Plus(sums) : sums;
        return new(
            Version, Predictions + other.Predictions, Labeled + other.Labeled, Labels.Plus(other.Labels), slices, Estimate.Plus(other.Estimate), Delay.Plus(other.Delay));
    }
}
