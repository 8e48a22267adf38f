using Slipway.Build.Cli;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tools;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Images.Pushing;

/// <summary>What may leave this machine: images of a commit, whose scan passed. Nothing of a release is pushed unless all of it may be.</summary>
public static class PushPolicy
{
    /// <exception cref="SlipwayException">Nobody could get the code of these images back, or nobody scanned them.</exception>
    /// <exception cref="RefusedException">The scan's verdict is no.</exception>
    public static void Require(ReleaseRecord release)
    {
        RequireCommit(release.Source);
        foreach (var image in ImageName.All.Select(name => release[name]))
            RequireScan(release.Tag, image);
    }

    /// <exception cref="SlipwayException">There are changes, or there is no checkout.</exception>
    public static void RequireCommit(SourceReference source)
    {
        if (source.Commit == GitTool.Unknown.Commit)
            throw new SlipwayException("A pushed image names its commit, and this is no git checkout. Push from a clone of the repository.");
        if (source.Dirty)
            throw new SlipwayException("A pushed image names its commit, and this tree has changes that are in none. Commit them, and run this again; git status lists them.");
    }

    private static void RequireScan(string tag, ReleaseImage image)
    {
        const string Way = "./build.sh --target=ScanImages";
        if (image.Scan is not { } scan)
            throw new SlipwayException($"The image '{image.Name}' of {tag} was not scanned, and only what was scanned is pushed. Scan it: {Way}");
        if (scan.ImageId != image.Id)
            throw new SlipwayException($"The scan of '{image.Name}' is of another image: of {scan.ImageId}, while that of {tag} is {image.Id}. Scan again: {Way}");
        if (!scan.Passed)
            throw new RefusedException($"The image '{image.Name}' of {tag} is not pushed, because its scan did not pass: {scan.Verdict} Correct what it found, or allow it with a reason and an end; then scan again: {Way}");
    }
}
