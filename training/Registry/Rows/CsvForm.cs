namespace Slipway.Registry.Rows;

/// <summary>What is known about a CSV file before it is read.</summary>
/// <param name="MaxColumns">More are rejected before they are processed.</param>
/// <param name="Header">The names of the columns if there is no header; null if the first line is the header.</param>
public sealed record CsvForm(int MaxColumns = CsvForm.MaxDatasetColumns, IReadOnlyList<string>? Header = null)
{
    public const int MaxDatasetColumns = 10_000;

    public static CsvForm Dataset { get; } = new();
}
