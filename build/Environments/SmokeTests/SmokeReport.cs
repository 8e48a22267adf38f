using System.Globalization;
using Slipway.Reporting;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>What a smoke test found, as a table for a terminal and as a report.</summary>
public static class SmokeReport
{
    public static IEnumerable<KeyValuePair<string, string>> Rows(SmokeResult result) => result.Checks
        .GroupBy(check => (check.Model, check.Way, check.Version))
        .Select(asked => KeyValuePair.Create(
            $"{asked.Key.Model}, {asked.Key.Way}",
            string.Create(CultureInfo.InvariantCulture, $"version {asked.Key.Version}: {string.Join(", ", asked.Select(check => $"{Word(check)}{(check.Problem is null ? "" : " WRONG")}"))}; slowest {Milliseconds(asked)} ms")));

    public static Section Of(string environment, SmokeResult result) => new(
        $"Smoke test of {environment}: {(result.Failed.Count == 0 ? "passed" : $"{result.Failed.Count} of {result.Checks.Count} answers are wrong")}",
        [
            new Table(
                [
                    new("model", ColumnStyle.RowHeader), "asked", new("version", ColumnStyle.Number),
                    .. SmokeRequests.All.Select(request => new Column(request.ToString().ToLowerInvariant())), new("slowest ms", ColumnStyle.Number),
                ],
                [.. result.Checks.GroupBy(check => (check.Model, check.Way, check.Version)).Select(asked => (IReadOnlyList<Cell>)
                [
                    asked.Key.Model, asked.Key.Way, asked.Key.Version.ToString(CultureInfo.InvariantCulture), .. asked.Select(Answer), Milliseconds(asked),
                ])]),
            result.Failed.Count == 0 ? null : new Bullets([.. result.Failed.Select(check => (RichText)check.ToString())]),
            .. Limits(result).Select(limit => new Paragraph(limit)),
        ]);

    /// <summary>What the test could not check here.</summary>
    public static IEnumerable<string> Limits(SmokeResult result) =>
    [
        .. result.ColorsAsked ? Array.Empty<string>() : ["Callers cannot choose a color at this gateway, so requests were only routed by the split."],
        .. result.IdsProven ? Array.Empty<string>() : ["Prediction ids were parsed but not verified: this role has no access to their key."],
    ];

    private static Cell Answer(SmokeCheck check) =>
        check.Problem is not null ? TextRun.Mark(passed: false, "WRONG") : check.Rows > 0 ? $"{check.Rows.ToString(CultureInfo.InvariantCulture)} rows" : "yes";

    private static string Word(SmokeCheck check) => $"{check.Request.ToString().ToLowerInvariant()}{(check.Rows > 0 ? $" {check.Rows} rows" : "")}";

    private static string Milliseconds(IEnumerable<SmokeCheck> checks) =>
        checks.Max(check => check.Took.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture);
}
