using System.Globalization;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.Releases;

namespace Slipway.Build.Environments.Reports;

/// <summary>The images of a release.</summary>
public static class PackagingReport
{
    public static void ShowPackaged(this IProgressReport report, ReleaseRecord release, Paths paths)
    {
        foreach (var image in release.Images)
            report.Table(image.Local, Rows(image));
        report.Line(release.Source.Dirty
            ? "The tree has uncommitted changes: these images can be tried here but not pushed."
            : $"The record is {Path.Combine(paths.Relative(paths.Images), release.Tag, "release.json")}.");
    }

    private static IEnumerable<KeyValuePair<string, string>> Rows(ReleaseImage image)
    {
        yield return new("id", image.Id);
        yield return new("content", image.Content);
        yield return new("base", image.BaseImage);
        yield return new("size", string.Create(CultureInfo.InvariantCulture, $"{image.Size / 1e6:0} MB"));
    }
}
