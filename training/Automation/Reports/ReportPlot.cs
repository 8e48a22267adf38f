using System.Xml;
using System.Xml.Linq;
using Slipway.Registry.Artifacts;

namespace Slipway.Automation.Reports;

/// <summary>A plot from a job's artifact.</summary>
/// <param name="Name">Such as <c>precision-recall</c>.</param>
/// <param name="Title">The title in the SVG.</param>
/// <param name="Description">For those who cannot see it.</param>
public sealed record ReportPlot(string Name, string Title, string Description, byte[] Svg)
{
    private const int MaxPlots = 16;
    private const long MaxBytes = 1_000_000;

    private static readonly string[] Order =
        ["precision-recall", "confusion", "predictions", "calibration", "scores", "residuals", "importance", "slices"];

    /// <summary>The plots in a folder, in order of interest. Files that are not images are skipped: an artifact may come from anywhere.</summary>
    public static IReadOnlyList<ReportPlot> ReadAll(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => ArtifactFiles.IsPlot(file.Name) && file.Length <= MaxBytes)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Take(MaxPlots)
            .Select(Read).OfType<ReportPlot>()
            .OrderBy(plot => Array.IndexOf(Order, plot.Name) is >= 0 and var place ? place : Order.Length),
    ];

    private static ReportPlot? Read(FileInfo file)
    {
        try
        {
            var svg = File.ReadAllBytes(file.FullName);
            using var reader = XmlReader.Create(new MemoryStream(svg), new() { DtdProcessing = DtdProcessing.Prohibit });
            var root = XDocument.Load(reader).Root!;
            var name = ArtifactFiles.PlotName(file.Name);
            return root.Name.LocalName == "svg" ? new(name, Text(root, "title") ?? name, Text(root, "desc") ?? "", svg) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string? Text(XElement root, string element) => root.Element(root.Name.Namespace + element)?.Value;
}
