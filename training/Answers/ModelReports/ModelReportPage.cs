using System.Globalization;
using Slipway.Automation.Reports;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Reporting;
using Slipway.Reporting.Html;

namespace Slipway.Answers.ModelReports;

/// <summary>A report about a model as one HTML file. The same report gives the same bytes.</summary>
public static class ModelReportPage
{
    public static string Of(ModelReport report) => new HtmlPage(
        new(report.Model, [.. Head(report), .. Sections(report)]),
        Title: $"{report.Model} in {report.Environment}",
        Kind: $"Model report of {ReportText.Time(report.At)}",
        Footer: $"What the store of {report.Environment} contained at that time. All times are in UTC. ./build.sh --target=Report writes it again.",
        Good: Alarms(report).Count == 0 && report.Live.Count > 0).ToHtml();

    private static IEnumerable<Block?> Head(ModelReport report)
    {
        var alarms = Alarms(report);
        yield return new Paragraph(
            report.Live.Count == 0 ? "No version is live." : alarms.Count == 0 ? "Nothing asks for attention." : string.Join(" ", alarms), ParagraphStyle.Verdict);
        yield return new Facts(
        [
            .. Colors.All.Select(color => report.Live.FirstOrDefault(live => live.Color == color) is { } live
                ? new Fact($"Live on {color.Word()}", $"version {Number(live.Version)}", $"since {ReportText.Time(live.Entry.At)}")
                : new Fact($"Live on {color.Word()}", "nothing", "no channel points to a version")),
            new("Predictions in 7 days", ReportText.Count(report.Log.Predictions), $"{ReportText.Count(report.Log.Rows)} rows"),
            new("Cost of 1,000 predictions", report.Serving is { Total: { } total, Currency: { } currency } ? CostText.Amount(total, currency) : CostSection.NotPriced(report), CostSection.Parts(report.Serving)),
        ]);
    }

    /// <summary>What somebody should look at, as sentences.</summary>
    private static IReadOnlyList<string> Alarms(ModelReport report) =>
        [
        .. (report.Quality?.Lost ?? []).Take(MaxLost).Select(lost => lost.Reason),
        .. report.Drift is [.., { IsAlarm: true } verdict] ? new[] { DriftText.Of(verdict) } : [],
        .. report.Domain is { State: DomainState.Different } domain ? new[] { domain.Sentence } : [],
    ];

    private static IEnumerable<Section> Sections(ModelReport report) =>
    [
        QualitySection.Of(report), DriftSection.Of(report), QualitySection.Value(report), TrafficSection.Of(report), .. LiveSections.Of(report), HistorySection(report), CostSection.Of(report),
    ];

    private static Section HistorySection(ModelReport report) => new(
        "History",
        [
            report.History.Count == 0
                ? NoData("no channel was ever moved: ./build.sh --target=Deploy publishes a first version")
                : new Table(
                    ["When", "What", "Color", "By", new("Why", ColumnStyle.Prose)],
                    [
                        .. report.History.Reverse().Take(MaxEntries).Select(entry => (IReadOnlyList<Cell>)
                        [
                            ReportText.Time(entry.At), $"{ReportText.Word(entry.Action)} {(entry.From is { } from ? $"{Number(from)} to " : "")}{Number(entry.To)}",
                            string.Join(", ", entry.Channels.Select(color => color.Word())), entry.By, entry.Reason,
                        ]),
                    ]),
            report.History.Count > MaxEntries ? new Paragraph($"And {ReportText.Count(report.History.Count - MaxEntries)} earlier ones: ./build.sh --target=History --model={report.Model}", ParagraphStyle.Quiet) : null,
        ],
        "history");

    private const int MaxEntries = 50, MaxLost = 3;

    /// <summary>In place of a part that has nothing to show.</summary>
    /// <param name="why">The end of a sentence, without its period.</param>
    internal static Paragraph NoData(string why) => new($"No data yet, because {why}.", ParagraphStyle.Note);

    internal static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
