namespace Slipway.Registry.Rows;

/// <summary>What is known of a CSV before it is read.</summary>
/// <param name="ColumnsAtMost">More are refused before anything is made of them.</param>
/// <param name="Header">The names of the columns where the first line holds values already; null where the first line names them.</param>
public sealed record CsvForm(int ColumnsAtMost = CsvForm.MostColumnsOfADataset, IReadOnlyList<string>? Header = null)
{
    public const int MostColumnsOfADataset = 10_000;

    public static CsvForm Dataset { get; } = new();
}
