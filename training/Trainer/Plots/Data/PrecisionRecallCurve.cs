namespace Slipway.Trainer.Plots.Data;

/// <summary>Precision by recall, from the highest threshold down, reduced to what is visible.</summary>
/// <param name="BaseRate">Share of positives: the precision of a model that predicts positive for everything.</param>
public sealed record PrecisionRecallCurve(IReadOnlyList<OperatingPoint> Points, double BaseRate)
{
    private const int MaxPoints = 500;
    private const double Visible = 0.002; // about a pixel

    /// <param name="labels">1 for positive, 0 for negative.</param>
    public static PrecisionRecallCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        var (ranked, positive) = (scores.ToArray(), labels.ToArray());
        Array.Sort(ranked, positive);
        Array.Reverse(ranked);
        Array.Reverse(positive);

        var positives = positive.Count(label => label == 1);
        var points = new List<OperatingPoint>();
        var found = 0;
        for (var rank = 0; rank < ranked.Length; rank++)
        {
            found += positive[rank] == 1 ? 1 : 0;
            // equal scores are indistinguishable: they are one step
            if (positives > 0 && (rank == ranked.Length - 1 || ranked[rank] != ranked[rank + 1]))
                points.Add(new(ranked[rank], (double)found / positives, (double)found / (rank + 1)));
        }

        return new(Thin(points), ranked.Length == 0 ? 0 : (double)positives / ranked.Length);
    }

    /// <summary>The point of a threshold on the curve; null if no score reaches it, or there are no positives.</summary>
    public static OperatingPoint? At(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, double threshold)
    {
        var (positives, predicted, found) = (0, 0, 0);
        for (var row = 0; row < scores.Length; row++)
        {
            positives += labels[row] == 1 ? 1 : 0;
            predicted += scores[row] >= threshold ? 1 : 0;
            found += scores[row] >= threshold && labels[row] == 1 ? 1 : 0;
        }

        return positives == 0 || predicted == 0 ? null : new(threshold, (double)found / positives, (double)found / predicted);
    }

    private static List<OperatingPoint> Thin(List<OperatingPoint> points)
    {
        for (var distance = Visible; points.Count > MaxPoints; distance *= 2)
            points = Apart(points, distance);
        return points;
    }

    private static List<OperatingPoint> Apart(List<OperatingPoint> points, double distance)
    {
        var kept = new List<OperatingPoint> { points[0] };
        foreach (var point in points)
            if (Math.Abs(point.Recall - kept[^1].Recall) >= distance || Math.Abs(point.Precision - kept[^1].Precision) >= distance)
                kept.Add(point);
        if (kept[^1] != points[^1])
            kept.Add(points[^1]);
        return kept;
    }
}

public sealed record OperatingPoint(double Threshold, double Recall, double Precision);
