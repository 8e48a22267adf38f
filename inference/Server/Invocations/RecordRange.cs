namespace Slipway.Inference.Invocations;

/// <summary>Where in a body the rows of a request lie.</summary>
/// <param name="Start">Of an array, of one object, or of lines.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Columns">Where the names of columns lie, for rows that are arrays of values; no length for records, which name their own.</param>
public readonly record struct RecordRange(int Start, int Length, int Count, (int Start, int Length) Columns = default)
{
    public bool IsSplit => Columns.Length > 0;
}
