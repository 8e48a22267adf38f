namespace Slipway.Reporting.Markdown;

/// <summary>Limits of a page: longer content is truncated, with a note.</summary>
/// <param name="Lines">The maximum number of lines of a table, a list or a code block.</param>
/// <param name="Letters">The maximum length of a line of code or a cell. Sentences are not truncated.</param>
public sealed record MarkdownLimits(int Lines, int Letters)
{
    public static MarkdownLimits None { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>A job summary on GitHub is limited to 1 MiB, and nobody reads the thousandth line of a list.</summary>
    public static MarkdownLimits Summary { get; } = new(400, 1000);
}
