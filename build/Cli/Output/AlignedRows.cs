namespace Slipway.Build.Cli.Output;

/// <summary>Keys and values in two columns.</summary>
public static class AlignedRows
{
    public static IEnumerable<string> Of(IEnumerable<KeyValuePair<string, string>> rows, int indent = 2)
    {
        var all = rows.ToList();
        var width = all.Select(row => row.Key.Length).DefaultIfEmpty().Max();
        return all.Select(row => $"{new string(' ', indent)}{row.Key.PadRight(width)}  {row.Value}".TrimEnd());
    }
}
