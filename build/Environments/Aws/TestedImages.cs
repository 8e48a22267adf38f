using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>
/// Ensures that the digest that was tested is the digest that is deployed: an earlier job of the workflow pushed images, tested them elsewhere,
/// and passed on its record of them.
/// </summary>
/// <param name="record">Null if no record was passed on; then nothing is checked.</param>
public sealed class TestedImages(ImageTag tag, ReleaseRecord? record)
{
    private readonly IReadOnlyDictionary<string, ImageReference> _pushed =
        (record?.Images ?? []).Where(image => image.Pushed is not null).ToDictionary(image => image.Name, image => image.Pushed!);

    /// <exception cref="SlipwayException">The registry has a different image under the tag.</exception>
    public void Require(IReadOnlyList<StoredImage> found)
    {
        foreach (var image in found)
            if (_pushed.GetValueOrDefault(image.Name) is { } tested && tested.Digest != image.Digest)
                throw new SlipwayException(
                    $"{image.Repository}:{tag} is {image.Digest}, but the image that was pushed and tested before is {tested.Uri}. Nothing was changed. "
                    + $"Push the image that was tested, with PushImages where it was built; or commit, which gives a new tag, and start over. If {ReleaseFiles.RecordName} is from another run, delete it.");
    }

    /// <summary>Allows missing images to be built and pushed now, unless a different build of them was tested.</summary>
    /// <exception cref="SlipwayException">A different build was tested.</exception>
    public void RequireNone()
    {
        if (_pushed.Values.FirstOrDefault() is { } tested)
            throw new SlipwayException(
                $"The container registry does not have the images {tag}, and building them now would not give the image that was pushed and tested before, {tested.Uri}. Nothing was changed. "
                + "Push the tested images from where they were built: ./build.sh --target=PushImages --environment=<name>");
    }
}
