using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Images;

/// <summary>The tag of a release's images: its version and the commit that it was built from, and the platform where it is not x64. What it names never changes.</summary>
/// <param name="Version">Of Slipway: <c>Version</c> in Directory.Build.props.</param>
/// <param name="Built">What it was built for; null for x64.</param>
public sealed record ImageTag(string Version, SourceReference Source, ImagePlatform? Built = null)
{
    private const int CommitLength = 12;

    public ImagePlatform Platform => Built ?? ImagePlatform.X64;

    /// <summary>Images of a tree with changes say so; no registry gets them.</summary>
    public override string ToString() =>
        $"{Version}-{Source.Commit[..Math.Min(CommitLength, Source.Commit.Length)]}{(Source.Dirty ? "-dirty" : "")}{Platform.Suffix}";
}
