using System.Globalization;
using Slipway.Automation.Reports;
using Slipway.Registry.Costs;
using Slipway.Reporting;

namespace Slipway.Answers.ModelReports;

/// <summary>What training and predictions cost. What has no price says so.</summary>
internal static class CostSection
{
    private const int MaxJobs = 50;

    public static Section Of(ModelReport report) => new("Costs", [Prices(report), Predictions(report), Training(report)], "costs");

    /// <summary>In place of an amount.</summary>
    public static string NotPriced(ModelReport report) => report.Log.Predictions == 0 ? "no predictions" : report.HasHoursToPrice ? "no price given" : "too early to say";

    /// <summary>What the amount contains.</summary>
    public static string Parts(ServingCost cost) => cost switch
    {
        { Servers: not null, Log: not null } => "servers and log",
        { Servers: not null } => "servers alone: the log has no price",
        { Log: not null } => "the log alone: see Costs for the servers",
        _ => "see Costs",
    };

    private static Paragraph Prices(ModelReport report) => new(
        report.Prices is { } prices
            ? $"By prices of {prices.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} in {prices.Currency}, {prices.Source}. A training job keeps the price of its day."
            : "There is no table of prices, so nothing has a price: docs/answers.md shows how to write one.",
        ParagraphStyle.Quiet);

    private static Section Predictions(ModelReport report)
    {
        var (cost, size) = (report.Serving, report.Size);
        return new("1,000 predictions",
        [
            Table.Pairs(
            [
                new("servers", Amount(cost.Servers, cost.Currency, WhyNoServers(report),
                    size is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{size.Tasks} tasks with {size.Cpus:0.##} vCPU and {size.Gigabytes:0.##} GB together, as they run now, for {report.Priced.TotalHours:#,0} hours over {report.Log.AllModels.Values.Sum():#,0} predictions of all models"))),
                new("log", Amount(cost.Log, cost.Currency, WhyNoLog(report),
                    report.LogSize is { Predictions: > 0 } log ? string.Create(CultureInfo.InvariantCulture, $"{(double)log.Bytes / log.Predictions:0.#} bytes a prediction, kept for a month, in {log.Objects:#,0} objects a day") : "")),
                new("together", cost is { Servers: not null, Log: not null, Total: { } total, Currency: { } currency } ? CostText.Amount(total, currency) : "not known, because a part has no price"),
            ]),
            new Paragraph("Predictions are counted in the log: where it is sampled, they cost less than this.", ParagraphStyle.Quiet),
        ]);
    }

    private static string Amount(decimal? amount, string? currency, string why, string how) =>
        amount is { } known ? $"{CostText.Amount(known, currency!)}: {how}" : $"{why}{(how.Length == 0 ? "" : $": {how}")}";

    private static string WhyNoServers(ModelReport report) =>
        report.Log.AllModels.Count == 0 ? "no predictions in 7 days" : report.Size is not null && !report.HasHoursToPrice ? TooEarly(report) : report.Size is null ? $"no price given for servers in {report.PriceRegion}" : $"no price given for tasks in {report.PriceRegion}";

    private static string TooEarly(ModelReport report) => string.Create(
        CultureInfo.InvariantCulture, $"too early to say, because the log has predictions of {report.Priced.TotalHours:0.#} hours and servers are priced from {ModelReport.LeastPriced.TotalHours:0} hours on");

    private static string WhyNoLog(ModelReport report) => report.LogSize switch
    {
        null => "no predictions in 7 days",
        { Predictions: 0 } => "not known: too many objects to add up",
        _ => $"no price given for storage in {report.PriceRegion}",
    };

    private static Section Training(ModelReport report)
    {
        if (report.Jobs.Count == 0)
            return new("Training", [ModelReportPage.NoData("no training job has been started")]);
        var sums = report.Jobs.Select(job => job.Outcome?.Cost).Where(cost => cost is { Amount: not null, Price: not null })
            .GroupBy(cost => cost!.Price!.Currency).Select(currency => CostText.Amount(currency.Sum(cost => cost!.Amount!.Value), currency.Key)).ToList();
        var unpriced = report.Jobs.Count(job => job.Outcome?.Cost?.Amount is null);
        return new("Training",
        [
            new Paragraph($"{(sums.Count == 0 ? "No job has a price" : $"{string.Join(" and ", sums)} for {ReportText.Count(report.Jobs.Count - unpriced)} of {ReportText.Count(report.Jobs.Count)} jobs")}{(unpriced == 0 || sums.Count == 0 ? "" : "; the others have no price")}."),
            new Table(
                [new("Training job", ColumnStyle.RowHeader), "Started", "Result", "Version", new("Cost", ColumnStyle.Prose)],
                [
                    .. report.Jobs.Reverse().Take(MaxJobs).Select(job => (IReadOnlyList<Cell>)
                    [
                        job.Id, ReportText.Time(job.Lineage.StartedAt), job.Outcome is { } outcome ? ReportText.Word(outcome.Result) : "no outcome yet",
                        job.Outcome?.Version is { } version ? ModelReportPage.Number(version) : "", CostText.Of(job.Outcome?.Cost),
                    ]),
                ]),
        ]);
    }
}
