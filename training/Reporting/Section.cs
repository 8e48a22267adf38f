namespace Slipway.Reporting;

/// <summary>A part of a report: what it says. How that looks is decided by the renderer: Markdown, HTML, or the lines of a terminal.</summary>
public abstract record Block;

/// <summary>A heading and what stands below it, other sections among it. A report is a section.</summary>
public sealed record Section : Block
{
    /// <param name="blocks">What is null is left out.</param>
    /// <param name="name">What links and tests find it by, such as <c>gates</c>.</param>
    public Section(string heading, IEnumerable<Block?> blocks, string? name = null)
    {
        Heading = heading;
        Blocks = [.. blocks.OfType<Block>()];
        Name = name;
    }

    public string Heading { get; init; }

    public IReadOnlyList<Block> Blocks { get; init; }

    public string? Name { get; init; }

    /// <summary>For those who look for it: in Markdown it is seen at a click.</summary>
    public bool Folded { get; init; }
}
