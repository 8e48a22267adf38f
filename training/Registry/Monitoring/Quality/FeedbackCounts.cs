namespace Slipway.Registry.Monitoring.Quality;

/// <summary>What became of labels. Each that was received is in exactly one of the other counts.</summary>
/// <param name="Joined">Count: the last label of a logged prediction.</param>
/// <param name="Repeated">The same label for the same row again.</param>
/// <param name="Replaced">A later label for the same row counts.</param>
/// <param name="Unmatched">The log does not have the prediction: it was sampled out or dropped, has expired, is not written yet, or never was.</param>
/// <param name="Refused">The model cannot mean such a label, or the prediction has no such row.</param>
/// <param name="Unknown">The version is gone, so that nobody knows what its predictions mean.</param>
public sealed record FeedbackCounts(long Received, long Joined, long Repeated, long Replaced, long Unmatched, long Refused, long Unknown)
{
    public static FeedbackCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public FeedbackCounts Plus(FeedbackCounts other) => new(
        Received + other.Received, Joined + other.Joined, Repeated + other.Repeated, Replaced + other.Replaced,
        Unmatched + other.Unmatched, Refused + other.Refused, Unknown + other.Unknown);
}
