namespace Slipway.Reporting;

/// <summary>A part of the content of a report. A renderer decides how it looks: as Markdown, as HTML, or in a terminal.</summary>
public abstract record Block;

/// <summary>A heading and the blocks below it, which may be sections. A report is a section.</summary>
public sealed record Section : Block
{
    /// <param name="blocks">Null values are omitted.</param>
    /// <param name="name">Identifies it for links and tests, such as <c>gates</c>.</param>
    public Section(string heading, IEnumerable<Block?> blocks, string? name = null)
    {
        Heading = heading;
        Blocks = [.. blocks.OfType<Block>()];
        Name = name;
    }

    public string Heading { get; init; }

    public IReadOnlyList<Block> Blocks { get; init; }

    public string? Name { get; init; }

    /// <summary>Details that few readers need; collapsed in Markdown.</summary>
    public bool Folded { get; init; }
}
