using System.Globalization;
using Slipway.Benchmarks.Figures;

namespace Slipway.Benchmarks.Reports;

/// <summary>Training jobs next to another library, as rows of text.</summary>
public static class TrainingTable
{
    public const string Title = "Training next to scikit-learn";

    public static IReadOnlyList<string> Columns { get; } = ["table", "trained by", "fit", "rows per second", "in all", "AUC", "peak memory", "ratio of the fit", "all to fit"];

    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<TrainingComparison> comparisons) => comparisons.SelectMany(Rows);

    private static IEnumerable<IReadOnlyList<string>> Rows(TrainingComparison one)
    {
        var table = string.Create(CultureInfo.InvariantCulture, $"{one.Rows:#,0} rows, {one.Columns} columns");
        yield return [table, "Slipway, the whole job", .. Cells(one.Rows, one.Ours), one.FitRatio is { } ratio ? Number(ratio) : "", Number(one.JobToFit)];
        yield return one.Theirs is { } theirs
            ? [table, $"{one.Peer}, with pandas", .. Cells(one.Rows, theirs), "", Number(theirs.Seconds / theirs.FitSeconds)]
            : [table, one.Peer, "not installed", .. Enumerable.Repeat("", Columns.Count - 3)];
    }

    private static string[] Cells(int rows, TrainingResultFigures figures) =>
    [
        Seconds(figures.FitSeconds), string.Create(CultureInfo.InvariantCulture, $"{rows / figures.Seconds:#,0}"), Seconds(figures.Seconds),
        figures.Auc.ToString("0.0000", CultureInfo.InvariantCulture), FigureText.Memory(figures.PeakBytes),
    ];

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    private static string Number(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
