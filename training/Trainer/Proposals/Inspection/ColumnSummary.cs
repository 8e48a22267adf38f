using Slipway.Trainer.Data;

namespace Slipway.Trainer.Proposals.Inspection;

/// <summary>The profile of a CSV column over all rows.</summary>
/// <param name="Missing">Rows that are empty or NaN.</param>
/// <param name="Numbers">Rows that parse as a finite number.</param>
/// <param name="Integers">The whole numbers among these.</param>
/// <param name="LeadingZeros">Those with leading zeros, such as 00501: a code rather than a quantity.</param>
/// <param name="CountsRows">It is 1, 2, 3 ... or 0, 1, 2 ... down the file.</param>
/// <param name="Anomalies">Rows that contain something other than a number, by what it seems to be.</param>
/// <param name="Values">How often each value occurs; null if there are more than <see cref="DistinctValues.MaxCount"/>.</param>
/// <param name="Repeats">Whether any value occurs twice, among the first <see cref="DistinctValues.Watched"/>.</param>
/// <param name="Longest">The length of the longest value.</param>
public sealed record ColumnSummary(
    string Name,
    long Rows,
    long Missing,
    long Numbers,
    long Integers,
    long LeadingZeros,
    bool CountsRows,
    IReadOnlyDictionary<NonNumericKind, Anomaly> Anomalies,
    IReadOnlyDictionary<string, long>? Values,
    bool Repeats,
    int Longest,
    IReadOnlyList<long> FirstMissing)
{
    public long Present => Rows - Missing;

    public double MissingShare => Rows == 0 ? 0 : (double)Missing / Rows;

    /// <summary>Every value is a number, and not a code that only looks like one.</summary>
    public bool IsNumeric => Numbers > 0 && Numbers == Present && LeadingZeros == 0;

    public bool IsWhole => IsNumeric && Integers == Numbers;

    /// <summary>The number of different values; more than <see cref="DistinctValues.MaxCount"/> if they were not counted.</summary>
    public int Distinct => Values?.Count ?? int.MaxValue;

    public long RowsOf(NonNumericKind kind) => Anomalies.GetValueOrDefault(kind)?.Count ?? 0;

    /// <summary>Nearly every value is a number, or would be one if it were written differently.</summary>
    public bool IsMeantAsNumbers
    {
        get
        {
            var written = RowsOf(NonNumericKind.Thousands) + RowsOf(NonNumericKind.DecimalComma) + RowsOf(NonNumericKind.Unit) + RowsOf(NonNumericKind.Infinity);
            return LeadingZeros == 0 && Numbers + written > 0 && Numbers + written + RowsOf(NonNumericKind.MissingWord) >= 0.8 * Present;
        }
    }

    public bool IsDates => Present > 0 && RowsOf(NonNumericKind.Date) >= 0.9 * Present;
}

/// <summary>Values of one kind that are not numbers.</summary>
/// <param name="Examples">The first few different ones, with the data row in which each first occurs.</param>
public sealed record Anomaly(long Count, IReadOnlyList<AnomalyExample> Examples);

/// <param name="Row">1 for the first below the header.</param>
public sealed record AnomalyExample(string Text, long Row);
