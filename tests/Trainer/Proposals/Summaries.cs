using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Tests.Proposals;

/// <summary>Columns as the inspector sees them, from their values.</summary>
internal static class Summaries
{
    public static ColumnSummary Of(string name, IEnumerable<string> values)
    {
        var inspector = new ColumnInspector(name);
        var row = 0;
        foreach (var value in values)
            inspector.Add(value, ++row);
        return inspector.Summarize();
    }

    /// <summary>The values again and again, until there are this many rows.</summary>
    public static ColumnSummary Repeated(string name, int rows, params string[] values) =>
        Of(name, Enumerable.Range(0, rows).Select(i => values[i % values.Length]));

    /// <summary>A function of the row, 0 for the first.</summary>
    public static ColumnSummary Made(string name, int rows, Func<int, string> value) => Of(name, Enumerable.Range(0, rows).Select(value));
}
