using Slipway.Trainer.Data;

namespace Slipway.Trainer.Proposals.Inspection;

/// <summary>What one column of a CSV holds, over all rows.</summary>
/// <param name="Missing">Rows that are empty or say NaN.</param>
/// <param name="Numbers">Rows that read as a finite number.</param>
/// <param name="Integers">Of these, whole ones.</param>
/// <param name="LeadingZeros">Of these, such as 00501: a code rather than a quantity.</param>
/// <param name="CountsRows">It is 1, 2, 3 ... or 0, 1, 2 ... down the file.</param>
/// <param name="Oddities">Rows that hold something else than a number, by what it seems to be.</param>
/// <param name="Values">How often each value occurs; null when there are more than <see cref="DistinctValues.Most"/>.</param>
/// <param name="Repeats">Whether any value occurs twice, among the first <see cref="DistinctValues.Watched"/>.</param>
/// <param name="Longest">Characters of the longest value.</param>
public sealed record ColumnLook(
    string Name,
    long Rows,
    long Missing,
    long Numbers,
    long Integers,
    long LeadingZeros,
    bool CountsRows,
    IReadOnlyDictionary<NotANumber, Oddity> Oddities,
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

    /// <summary>Different values; more than <see cref="DistinctValues.Most"/> when they were not counted.</summary>
    public int Distinct => Values?.Count ?? int.MaxValue;

    public long RowsOf(NotANumber kind) => Oddities.GetValueOrDefault(kind)?.Count ?? 0;

    /// <summary>Nearly everything is a number, or would be one if it were written otherwise.</summary>
    public bool IsMeantAsNumbers
    {
        get
        {
            var written = RowsOf(NotANumber.Thousands) + RowsOf(NotANumber.DecimalComma) + RowsOf(NotANumber.Unit) + RowsOf(NotANumber.Infinity);
            return LeadingZeros == 0 && Numbers + written > 0 && Numbers + written + RowsOf(NotANumber.MissingWord) >= 0.8 * Present;
        }
    }

    public bool IsDates => Present > 0 && RowsOf(NotANumber.Date) >= 0.9 * Present;
}

/// <summary>Values of one kind that are no numbers.</summary>
/// <param name="Examples">The first few different ones, with the data row where each stands first.</param>
public sealed record Oddity(long Count, IReadOnlyList<OddValue> Examples);

/// <param name="Row">1 for the first below the header.</param>
public sealed record OddValue(string Text, long Row);
