using Slipway.Build.Cli;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tools;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Images.Pushing;

/// <summary>What may be pushed: images of a commit whose scan passed. Nothing of a release is pushed unless all of it may be.</summary>
public static class PushPolicy
{
    /// <exception cref="SlipwayException">The code of these images is not in a commit, or they were not scanned.</exception>
    /// <exception cref="RefusedException">The scan did not pass.</exception>
    public static void Require(ReleaseRecord release)
    {
        RequireCommit(release.Source);
        foreach (var image in ImageName.All.Select(name => release[name]))
            RequireScan(release.Tag, image);
    }

    /// <exception cref="SlipwayException">There are uncommitted changes, or there is no git checkout.</exception>
    public static void RequireCommit(SourceReference source)
    {
        if (source.Commit == GitTool.Unknown.Commit)
            throw new SlipwayException("Pushed images record their commit, but this is not a git checkout. Push from a clone of the repository.");
        if (source.Dirty)
            throw new SlipwayException("Pushed images record their commit, but this tree has uncommitted changes (see git status). Commit them, then run this again.");
    }

    private static void RequireScan(string tag, ReleaseImage image)
    {
        const string Way = "./build.sh --target=ScanImages";
        if (image.Scan is not { } scan)
            throw new SlipwayException($"The image '{image.Name}' of {tag} was not scanned, and only scanned images are pushed. Scan it: {Way}");
        if (scan.ImageId != image.Id)
            throw new SlipwayException($"The scan of '{image.Name}' is for another image: {scan.ImageId}, but {tag} is {image.Id}. Scan again: {Way}");
        if (!scan.Passed)
            throw new RefusedException($"The image '{image.Name}' of {tag} is not pushed, because its scan did not pass: {scan.Verdict} Fix the findings, or allow them with a reason and an end date; then scan again: {Way}");
    }
}
