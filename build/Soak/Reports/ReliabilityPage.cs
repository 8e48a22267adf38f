using Slipway.Registry;
using Slipway.Reporting.Markdown;

namespace Slipway.Soak.Reports;

/// <summary>The page with the table of the last complete soak. Only the lines between two comments are generated.</summary>
public static class ReliabilityPage
{
    private const string Begin = "<!-- written by ./build.sh --target=Soak -->\n";
    private const string End = "<!-- end of the soak's table -->";

    /// <returns>The page with the table in place of the one that it has.</returns>
    /// <exception cref="SlipwayException">The page has no place for it.</exception>
    public static string WithTable(string page, SoakFindings findings)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new SlipwayException($"The page has no place for the table: it needs the line '{Begin.Trim()}', and '{End}' below it.");
        return page[..(begin + Begin.Length)] + MarkdownRenderer.Text(SoakTable.Of(findings)) + page[end..];
    }

    public static async Task UpdateAsync(string path, SoakFindings findings, CancellationToken cancellation) =>
        await File.WriteAllTextAsync(path, WithTable(await File.ReadAllTextAsync(path, cancellation), findings), cancellation);
}
