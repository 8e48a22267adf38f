namespace Slipway.Reporting;

public sealed record Paragraph(RichText Text, ParagraphStyle Style = ParagraphStyle.Plain) : Block;

public enum ParagraphStyle
{
    Plain,

    /// <summary>An explanation. A terminal leaves it out.</summary>
    Quiet,

    /// <summary>The sentence that a reader came for.</summary>
    Verdict,

    /// <summary>A warning of how to read what follows.</summary>
    Note,
}

public sealed record Bullets(IReadOnlyList<RichText> Items) : Block;

/// <summary>Lines as they are: commands, what a tool printed.</summary>
public sealed record CodeBlock(IReadOnlyList<string> Lines) : Block;

/// <summary>What is seen at a click, behind a summary.</summary>
/// <param name="Open">To be seen without a click.</param>
public sealed record Details(RichText Summary, IReadOnlyList<Block> Blocks, bool Open = false) : Block;

/// <summary>A few numbers to be seen at one glance.</summary>
public sealed record Facts(IReadOnlyList<Fact> Items) : Block;

/// <param name="Detail">Below a large value, such as its interval.</param>
public sealed record Fact(string Name, RichText Value, string? Detail = null);

/// <summary>A picture, in the notation that each medium draws. One that has none of its own leaves the picture out.</summary>
/// <param name="Title">Together with the description it is for those who cannot see the picture.</param>
public sealed record Figure(string Title, string Description = "") : Block
{
    public byte[]? Svg { get; init; }

    /// <summary>For GitHub Markdown, which shows neither SVG nor images in data URIs.</summary>
    public IReadOnlyList<string> Mermaid { get; init; } = [];

    /// <summary>Below the Mermaid diagram: which color is what, what could not be drawn.</summary>
    public IReadOnlyList<RichText> Notes { get; init; } = [];
}

/// <summary>Figures side by side where there is room.</summary>
public sealed record Gallery(IReadOnlyList<Figure> Figures) : Block;
