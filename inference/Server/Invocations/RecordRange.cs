namespace Slipway.Inference.Invocations;

/// <summary>Where the rows of a request are in a body.</summary>
/// <param name="Start">The start of an array, of one object, or of lines.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="Columns">Where the column names are, for rows that are arrays of values; empty for records, which contain their own names.</param>
public readonly record struct RecordRange(int Start, int Length, int Count, (int Start, int Length) Columns = default)
{
    public bool IsSplit => Columns.Length > 0;
}
