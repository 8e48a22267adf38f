using System.Globalization;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>The images of a release, for the summary of a workflow run and as outputs for later steps.</summary>
public static class ImagesSummary
{
    public static void SummarizePushed(this WorkflowJob job, ReleaseRecord release)
    {
        job.Summarize(Report("Pushed", release));
        job.Output("tag", release.Tag);
        foreach (var image in release.Images)
            if (image.Pushed is { } pushed)
            {
                job.Output(image.Name, pushed.Digest);
                job.Output($"{image.Name}-repository", pushed.Repository);
            }
    }

    /// <summary>The verdicts of a scan, whatever they are, and the folder of its files for later steps.</summary>
    public static void SummarizeScan(this WorkflowJob job, ReleaseFiles release, Paths paths)
    {
        var summary = new ScanFiles(release).Summary;
        if (!File.Exists(summary))
            return;
        job.Summarize(File.ReadLines(summary));
        job.Output("folder", paths.Relative(release.Folder));
    }

    public static Section Report(string what, ReleaseRecord release) => new($"{what}: {release.Tag}",
    [
        new Table([new("image", ColumnStyle.RowHeader), "digest", "in", "content", "base", new("MB", ColumnStyle.Number)], [.. release.Images.Select(Row)]),
        release.Source.Dirty ? new Paragraph("The tree has changes that no commit holds: no container registry gets these images.") : null,
    ]);

    private static IReadOnlyList<Cell> Row(ReleaseImage image) =>
    [
        image.Name, image.Pushed?.Digest ?? "not pushed", image.Pushed?.Repository ?? image.Local, image.Content, image.BaseImage,
        (image.Size / 1e6).ToString("0", CultureInfo.InvariantCulture),
    ];
}
