using Slipway.Registry;

namespace Slipway.Answers.Traces;

/// <summary>A value in a column of a dataset: the rows that are about one person or thing.</summary>
/// <param name="Value">Compared as text, without spaces around it, as the split of a dataset compares it.</param>
public sealed record RowQuery(string Column, string Value)
{
    public const string Form = "<column>=<value>";

    /// <exception cref="SlipwayException">It is not of the form <see cref="Form"/>.</exception>
    public static RowQuery Parse(string text) =>
        // a value may contain the sign, a column's name hardly ever
        text.IndexOf('=') is > 0 and var at && text[..at].Trim() is { Length: > 0 } column && text[(at + 1)..].Trim() is { Length: > 0 } value
            ? new(column, value)
            : throw new SlipwayException($"'{text}' does not say which row is meant: name a column and its value as {Form}, such as patient=4711.");

    public override string ToString() => $"{Column}={Value}";
}
