using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>A part of a trial's details that is left out where a page would be too long.</summary>
/// <param name="Name">What it is about, within a sentence.</param>
internal sealed record TrialPart(string Name, Block Block)
{
    /// <summary>Below the summary that it is folded away behind.</summary>
    public const int Level = 3;

    public int Length { get; } = MarkdownRenderer.Text(Block, Level).Length + 1;

    /// <summary>A sentence in its place.</summary>
    public TrialPart LeftOut => new(Name, new Paragraph($"The {Name} would make this page too long: see report.html among the artifacts of this run."));
}
