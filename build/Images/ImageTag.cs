using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The tag of a release's images: its version and the commit that it was built from. What it names never changes.</summary>
/// <param name="Version">Of Slipway: <c>Version</c> in Directory.Build.props.</param>
public sealed record ImageTag(string Version, SourceReference Source)
{
    private const int CommitLength = 12;

    /// <summary>Images of a tree with changes say so; no registry gets them.</summary>
    public override string ToString() =>
        $"{Version}-{Source.Commit[..Math.Min(CommitLength, Source.Commit.Length)]}{(Source.Dirty ? "-dirty" : "")}";
}
