using Slipway.Benchmarks.Figures;
using Slipway.Reporting.Charts;

namespace Slipway.Benchmarks.Reports;

/// <summary>The CPU time per request of every contestant, as an SVG picture: bars, shorter is better.</summary>
public static class BenchmarkPicture
{
    private const int Width = 720, Left = 290, Right = 110, Top = 56, BarStep = 24, BarHeight = 15, GroupGap = 34, MaxName = 40;

    public static byte[] Draw(BenchmarkFindings findings)
    {
        (Comparison Comparison, Measured[] Shown)[] groups = [.. findings.Comparisons.Select(one => (one, one.Contestants.Where(contestant => contestant.HasFigures).ToArray()))];
        var svg = new SvgDocument(
            Width, Top + groups.Sum(group => GroupGap + (BarStep * group.Shown.Length)), "CPU time per 1,000 requests",
            "Bars for each contestant of each comparison, longest for the most CPU time.");
        double y = Top;
        foreach (var (comparison, shown) in groups)
        {
            svg.Text(24, y, comparison.Name, SvgAnchor.Start, "quiet");
            y += BarStep;
            var most = shown.Max(Seconds);
            foreach (var contestant in shown)
            {
                var end = Left + (most > 0 ? Seconds(contestant) / most * (Width - Left - Right) : 0);
                svg.Text(Left - 10, y + 4, PlotText.Shortened(contestant.Name, MaxName), SvgAnchor.End, "");
                svg.Line(Left, y, end, y, contestant == comparison.Subject ? ChartPalette.Orange : ChartPalette.Blue, BarHeight);
                svg.Text(end + 8, y + 4, FigureText.Processor(Seconds(contestant)), SvgAnchor.Start, "");
                y += BarStep;
            }

            y += GroupGap - BarStep;
        }

        return svg.Write();
    }

    private static double Seconds(Measured contestant) => contestant.Of(round => round.ProcessorSeconds).Median;
}
