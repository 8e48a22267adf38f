using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>
/// The digest that was tested is the digest that is deployed: an earlier job of a workflow pushed images, tested them elsewhere, and handed on its
/// record of them.
/// </summary>
/// <param name="record">Null where nothing was handed on; then nothing is asked.</param>
public sealed class TestedImages(ImageTag tag, ReleaseRecord? record)
{
    private readonly IReadOnlyDictionary<string, ImageReference> _pushed =
        (record?.Images ?? []).Where(image => image.Pushed is not null).ToDictionary(image => image.Name, image => image.Pushed!);

    /// <exception cref="SlipwayException">What the registry has under the tag is something else.</exception>
    public void Require(IReadOnlyList<StoredImage> found)
    {
        foreach (var image in found)
            if (_pushed.GetValueOrDefault(image.Name) is { } tested && tested.Digest != image.Digest)
                throw new SlipwayException(
                    $"{image.Repository}:{tag} is {image.Digest}, and what was pushed and tested before is {tested.Uri}. Nothing was changed. "
                    + $"Bring the very image that was tested there, with PushImages where it was built; or commit, which gives a new tag, and begin anew. If {ReleaseFiles.RecordName} is of another run, remove it.");
    }

    /// <summary>What is missing may be built and pushed now, unless something was tested that this would not be.</summary>
    /// <exception cref="SlipwayException">Something was.</exception>
    public void RequireNone()
    {
        if (_pushed.Values.FirstOrDefault() is { } tested)
            throw new SlipwayException(
                $"The registry does not have the images {tag}, and others would be built in their place: what was pushed and tested before is {tested.Uri}. Nothing was changed. "
                + "Push the very same there, from where they were built: ./build.sh --target=PushImages --environment=<name>");
    }
}
