using System.Globalization;
using Slipway.Automation.Reports;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Reporting;
using Slipway.Reporting.Charts;

namespace Slipway.Answers.ModelReports;

/// <summary>How the inputs and outputs of the last windows differ from the training data.</summary>
internal static class DriftSection
{
    private const int MaxFeatures = 40;

    public static Section Of(ModelReport report) => new("Drift", [.. report.Drift is [.., var last] ? Blocks(report, last) : [NoData(report)], Domain(report.Domain)], "drift");

    private static Section Domain(DomainVerdict? verdict) => new(
        "All columns together",
        verdict is null ? [ModelReportPage.NoData("the log was never compared with the training data; that happens once a day, on AWS or while Watch runs, and at once by ./build.sh --target=Drift")]
            :
            [
                new Paragraph(verdict.Sentence),
                new Paragraph($"{ReportText.Count(verdict.Rows)} rows of version {ModelReportPage.Number(verdict.Version)} from {ReportText.Time(verdict.From)} to {ReportText.Time(verdict.To)}.", ParagraphStyle.Quiet),
                verdict.Columns.Count == 0 ? null : new Table(
                    [new("Column", ColumnStyle.RowHeader), new("Importance", ColumnStyle.Number)],
                    [.. verdict.Columns.Select(column => (IReadOnlyList<Cell>)[column.Name, ReportText.Number(column.Importance)])]),
            ]);

    private static Paragraph NoData(ModelReport report) => ModelReportPage.NoData(
        report.Log.Predictions == 0 ? "nothing was predicted in the last 7 days" : "no window of predictions has been judged: the gateway does that while it runs, once a window is complete");

    private static IEnumerable<Block?> Blocks(ModelReport report, DriftVerdict last) =>
    [
        new Paragraph(DriftText.Of(last)),
        new Paragraph(
            $"The newest window began at {ReportText.Time(last.Start)} and has {ReportText.Count(last.Rows)} rows of version {ModelReportPage.Number(last.Version)}. " +
            "A ratio above 1 is a distance beyond its bound; bounds grow as windows get smaller, so that chance alone hardly ever reaches them.", ParagraphStyle.Quiet),
        new TimeChart(
            "Largest distance, by window", "The largest ratio of a column's distance from the training data to its bound, for each window. Above 1 is drift.", "times its bound",
            [.. report.Drift.GroupBy(verdict => verdict.Version).OrderByDescending(version => version.Key).Take(3).Select(version =>
                new TimeSeries($"version {ModelReportPage.Number(version.Key)}", [.. version.Select(verdict => new TimePoint(verdict.Start, verdict.Ratio))]))])
        { Bounds = [new("drift", 1)] }.ToFigure(),
        Features(last),
        Checks(last),
    ];

    private static Block Features(DriftVerdict verdict)
    {
        var features = verdict.Features.Append(verdict.Output).OfType<FeatureDrift>().OrderByDescending(feature => feature.Ratio).ToList();
        if (features.Count == 0)
            return new Paragraph("No column could be compared.", ParagraphStyle.Quiet);
        var most = Math.Max(1, features.Max(feature => double.IsFinite(feature.Ratio) ? feature.Ratio : 1));
        var table = new Table(
            [new("Column", ColumnStyle.RowHeader), "Verdict", new("Ratio", ColumnStyle.Number), new("", ColumnStyle.Bar), "Statistic", new("Value", ColumnStyle.Number), new("Bound", ColumnStyle.Number), new("p", ColumnStyle.Number)],
            [.. features.Select(feature => Row(feature, most))]);
        return features.Count > MaxFeatures ? new Details($"{ReportText.Count(features.Count)} columns", [table]) : table;
    }

    private static IReadOnlyList<Cell> Row(FeatureDrift feature, double most)
    {
        var decisive = feature.Distances.Where(distance => distance.Decides).MaxBy(distance => distance.Bound > 0 ? distance.Value / distance.Bound : 0);
        return
        [
            feature.Name, feature.Drifted ? TextRun.Mark(passed: false, "drift") : TextRun.Mark(passed: true, "stable"), feature.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
            Cell.Bar(double.IsFinite(feature.Ratio) ? feature.Ratio / most : 1), decisive is null ? "too few values" : Word(decisive.Statistic),
            decisive is null ? "no distance" : ReportText.Number(decisive.Value), decisive is null ? "no bound" : ReportText.Number(decisive.Bound), ReportText.Number(feature.P),
        ];
    }

    private static Section? Checks(DriftVerdict verdict) => verdict.Checks.Count == 0 ? null : new("Data checks",
    [
        new Table(
            [new("Column", ColumnStyle.RowHeader), "Check", "Verdict", new("Values", ColumnStyle.Number), new("Share", ColumnStyle.Number), new("In training", ColumnStyle.Number)],
            [
                .. verdict.Checks.OrderByDescending(check => check.Problem).ThenByDescending(check => check.Share).Take(MaxFeatures).Select(check => (IReadOnlyList<Cell>)
                [
                    check.Name, Word(check.Check), check.Problem ? TextRun.Mark(passed: false, "problem") : new TextRun("within chance", TextStyle.Noted),
                    ReportText.Count(check.Count), ReportText.Share(check.Share), ReportText.Share(check.Expected),
                ]),
            ]),
    ]);

    private static string Word(DriftStatistic statistic) => statistic switch
    {
        DriftStatistic.Psi => "PSI",
        DriftStatistic.JensenShannon => "Jensen-Shannon",
        DriftStatistic.KolmogorovSmirnov => "Kolmogorov-Smirnov",
        DriftStatistic.Wasserstein => "Wasserstein",
        _ => "unknown",
    };

    private static string Word(DataCheck check) => check switch
    {
        DataCheck.Missing => "missing",
        DataCheck.NewCategory => "new category",
        DataCheck.OutOfRange => "out of range",
        DataCheck.TypeFailure => "not a number",
        DataCheck.Constant => "constant",
        _ => "unknown",
    };
}
