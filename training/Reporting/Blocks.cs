namespace Slipway.Reporting;

public sealed record Paragraph(RichText Text, ParagraphStyle Style = ParagraphStyle.Plain) : Block;

public enum ParagraphStyle
{
    Plain,

    /// <summary>An explanation. A terminal leaves it out.</summary>
    Quiet,

    /// <summary>The main result, in one sentence.</summary>
    Verdict,

    /// <summary>A note on how to read what follows.</summary>
    Note,
}

public sealed record Bullets(IReadOnlyList<RichText> Items) : Block;

/// <summary>Lines that are shown unchanged: commands, or the output of a tool.</summary>
public sealed record CodeBlock(IReadOnlyList<string> Lines) : Block;

/// <summary>Collapsed content behind a summary.</summary>
/// <param name="Open">Whether it is expanded at first.</param>
public sealed record Details(RichText Summary, IReadOnlyList<Block> Blocks, bool Open = false) : Block;

/// <summary>A few key figures.</summary>
public sealed record Facts(IReadOnlyList<Fact> Items) : Block;

/// <param name="Detail">Below a large value, such as its interval.</param>
public sealed record Fact(string Name, RichText Value, string? Detail = null);

/// <summary>A picture, in a notation for each medium. A renderer without one omits the picture.</summary>
/// <param name="Title">Together with the description, the text for people who cannot see the picture.</param>
public sealed record Figure(string Title, string Description = "") : Block
{
    public byte[]? Svg { get; init; }

    /// <summary>For GitHub Markdown, which shows neither SVG nor images in data URIs.</summary>
    public IReadOnlyList<string> Mermaid { get; init; } = [];

    /// <summary>Notes below the Mermaid diagram: the legend, and what could not be drawn.</summary>
    public IReadOnlyList<RichText> Notes { get; init; } = [];
}

/// <summary>Figures side by side, if there is room.</summary>
public sealed record Gallery(IReadOnlyList<Figure> Figures) : Block;
