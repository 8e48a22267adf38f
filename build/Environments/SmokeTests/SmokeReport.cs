using System.Globalization;
using Slipway.Registry;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>What a smoke test found, as a table for a terminal and as GitHub Markdown.</summary>
public static class SmokeReport
{
    public static IEnumerable<KeyValuePair<string, string>> Rows(SmokeResult result) => result.Checks
        .GroupBy(check => (check.Model, check.Way, check.Version))
        .Select(asked => KeyValuePair.Create(
            $"{asked.Key.Model}, {asked.Key.Way}",
            string.Create(CultureInfo.InvariantCulture, $"version {asked.Key.Version}: {string.Join(", ", asked.Select(check => $"{Word(check)}{(check.Problem is null ? "" : " WRONG")}"))}; slowest {Milliseconds(asked)} ms")));

    public static IEnumerable<string> Markdown(string environment, SmokeResult result) =>
    [
        $"## Smoke test of {MarkdownText.Escape(environment)}: {(result.Failed.Count == 0 ? "passed" : $"{result.Failed.Count} of {result.Checks.Count} answers are wrong")}",
        "",
        $"| model | asked | version | {string.Join(" | ", SmokeQuestions.All.Select(question => question.ToString().ToLowerInvariant()))} | slowest ms |",
        $"|---|---|---:|{string.Concat(SmokeQuestions.All.Select(_ => "---|"))}---:|",
        .. result.Checks.GroupBy(check => (check.Model, check.Way, check.Version)).Select(asked =>
            $"| {MarkdownText.Escape(asked.Key.Model)} | {asked.Key.Way} | {asked.Key.Version} | {string.Join(" | ", asked.Select(Cell))} | {Milliseconds(asked)} |"),
        "",
        .. result.Failed.Select(check => $"- {MarkdownText.Escape(check.ToString())}"),
        .. Limits(result),
    ];

    /// <summary>What the test could not look at here.</summary>
    public static IEnumerable<string> Limits(SmokeResult result) =>
    [
        .. result.ColorsAsked ? Array.Empty<string>() : ["Callers can not choose a color at this gateway, so only the split was asked."],
        .. result.IdsProven ? Array.Empty<string>() : ["Prediction ids were read but not proven: the key behind them is not for this role."],
    ];

    private static string Cell(SmokeCheck check) => check.Problem is null ? check.Rows > 0 ? $"{check.Rows} rows" : "yes" : "**WRONG**";

    private static string Word(SmokeCheck check) => $"{check.Question.ToString().ToLowerInvariant()}{(check.Rows > 0 ? $" {check.Rows} rows" : "")}";

    private static string Milliseconds(IEnumerable<SmokeCheck> checks) =>
        checks.Max(check => check.Took.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture);
}
