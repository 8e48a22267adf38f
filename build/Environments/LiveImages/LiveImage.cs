using System.Globalization;
using Slipway.Build.Images;
using Slipway.Build.Images.Scanning;

namespace Slipway.Build.Environments.LiveImages;

/// <summary>The image that a service is running.</summary>
/// <param name="Service">A color or the gateway.</param>
/// <param name="Reference">How the scanner finds it.</param>
/// <param name="Id">As in <see cref="ImageToScan"/>.</param>
public sealed record LiveImage(string Service, string Reference, ImageOrigin Origin, string Id)
{
    private string Name => Service == ImageName.Gateway ? ImageName.Gateway : ImageName.Model;

    /// <summary>Each image once, even if several services run it.</summary>
    public static IReadOnlyList<ImageToScan> ToScan(IReadOnlyList<LiveImage> services) =>
    [
        .. services.GroupBy(service => service.Name).SelectMany(name => name.DistinctBy(service => service.Id).ToList() is var images && images.Count == 1
            ? images.Select(image => new ImageToScan(name.Key, name.Key, image.Reference, image.Origin, image.Id))
            : images.Select(image => new ImageToScan(Subject(image, images), name.Key, image.Reference, image.Origin, image.Id))),
    ];

    // during a deployment, a service runs two
    private static string Subject(LiveImage image, List<LiveImage> all)
    {
        var ours = all.FindAll(other => other.Service == image.Service);
        var number = ours.Count > 1 ? $"-{(ours.IndexOf(image) + 1).ToString(CultureInfo.InvariantCulture)}" : "";
        return image.Name == image.Service ? $"{image.Name}{number}" : $"{image.Name}-{image.Service}{number}";
    }
}
