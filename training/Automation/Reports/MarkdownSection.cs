namespace Slipway.Automation.Reports;

/// <param name="Name">What it is about, within a sentence.</param>
/// <param name="Markdown">With its heading; ends with a line's end.</param>
public sealed record MarkdownSection(string Name, string Markdown);
