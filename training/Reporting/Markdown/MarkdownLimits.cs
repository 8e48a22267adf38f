namespace Slipway.Reporting.Markdown;

/// <summary>Where a page is short: what is longer is cut, and says so.</summary>
/// <param name="Lines">Of one table, one list or one block of code.</param>
/// <param name="Letters">Of one line of code, or one cell. Sentences are whole.</param>
public sealed record MarkdownLimits(int Lines, int Letters)
{
    public static MarkdownLimits None { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>A summary on GitHub has room for 1 MiB, and nobody reads the thousandth of one thing.</summary>
    public static MarkdownLimits Summary { get; } = new(400, 1000);
}
