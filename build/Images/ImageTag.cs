using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Images;

/// <summary>The tag of a release's images: its version, the commit that it was built from, and the platform if it is not x64. Never overwritten.</summary>
/// <param name="Version">Of Slipway: <c>Version</c> in Directory.Build.props.</param>
/// <param name="Built">The platform that it was built for; null for x64.</param>
public sealed record ImageTag(string Version, SourceReference Source, ImagePlatform? Built = null)
{
    private const int CommitLength = 12;

    public ImagePlatform Platform => Built ?? ImagePlatform.X64;

    /// <summary>The tag of a tree with uncommitted changes says so; such images are never pushed.</summary>
    public override string ToString() =>
        $"{Version}-{Source.Commit[..Math.Min(CommitLength, Source.Commit.Length)]}{(Source.Dirty ? "-dirty" : "")}{Platform.Suffix}";
}
