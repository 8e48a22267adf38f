namespace Slipway.Registry.Predictions;

/// <summary>
/// The number in a prediction id: a marker, a counter, and the rows of the prediction, so that a server that receives feedback for it knows how many labels belong to
/// it without having made it. Ids from earlier servers have only a counter, and never the marker.
/// </summary>
public static class PredictionSequence
{
    private const ulong Mark = 1UL << 63;
    private const int RowBits = 16;
    private const ulong MaxRows = (1UL << RowBits) - 1;

    // room for a quarter of a million predictions per second: a restarted server begins beyond everything that it counted before
    private const int CountBitsASecond = 18;

    private static readonly DateTimeOffset Beginning = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Where a server that starts now begins to count.</summary>
    public static ulong CountFrom(DateTimeOffset now) => (ulong)Math.Max(0, (long)(now - Beginning).TotalSeconds) << CountBitsASecond;

    public static ulong Of(ulong count, int rows) => Mark | (count << RowBits) | Math.Min((ulong)rows, MaxRows);

    /// <summary>The counter; 0 for ids from earlier servers.</summary>
    public static ulong CountOf(ulong sequence) => (sequence & Mark) != 0 ? (sequence & ~Mark) >> RowBits : 0;

    /// <summary>Null if the number does not contain it, or if there are too many rows for it.</summary>
    public static int? RowsOf(ulong sequence) => (sequence & Mark) != 0 && (sequence & MaxRows) is var rows and < MaxRows ? (int)rows : null;
}
