using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Tests;

/// <summary>What the page of a run shows of a report.</summary>
internal static class RenderedReports
{
    public static IReadOnlyList<string> Lines(this Block? block) => block is null ? [] : MarkdownRenderer.Lines(block, limits: MarkdownLimits.Summary);
}
