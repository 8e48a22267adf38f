namespace Slipway.Trainer.Evaluation;

/// <summary>The latency of one row on one core, warmed up: the median, in microseconds.</summary>
public static class LatencyProbe
{
    private const int WarmUps = 500;
    private const int Measurements = 2001;

    public static double Measure(OnnxScorer scorer, ReadOnlySpan<float> row, TimeProvider time)
    {
        var values = row.ToArray();
        for (var i = 0; i < WarmUps; i++)
            scorer.Score(values, values.Length);

        var microseconds = new double[Measurements];
        for (var i = 0; i < Measurements; i++)
        {
            var start = time.GetTimestamp();
            scorer.Score(values, values.Length);
            microseconds[i] = time.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return microseconds[Measurements / 2];
    }
}
