using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Gateway.Page.Html;
using Slipway.Registry.Gates;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>Each gate with its value and its bound, drawn on a scale where it has one.</summary>
public static partial class GateTable
{
    public static void Write(HtmlWriter html, GateReport gates) =>
        html.Table("Gates", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                foreach (var (name, css) in new[] { ("Gate", null), ("Result", null), ("Value", "number"), ("Bound", null), ("0 to 1", (string?)"extra scale") })
                    html.Tag("th", [("scope", "col"), ("class", css)], () => html.Text(name));
            }));
            html.Tag("tbody", [], () =>
            {
                // what failed is what somebody looks for
                foreach (var verdict in gates.Verdicts.OrderBy(verdict => verdict.Passed))
                    html.Tag("tr", [], () => Row(html, verdict));
            });
        });

    private static void Row(HtmlWriter html, GateVerdict verdict)
    {
        html.Tag("th", [("scope", "row")], () =>
        {
            html.Name(verdict.Rule);
            if (!verdict.Passed)
                html.Tag("p", [("class", "quiet")], () => html.Name(verdict.Reason));
        });
        html.Tag("td", [], () => html.Mark(verdict.Passed ? "good" : "bad", verdict.Passed ? "passed" : "failed"));
        html.Tag("td", verdict.Value is { } value ? Words.Number(value) : "not measured", "number");
        html.Tag("td", [], () => html.Name(verdict.Bound));
        html.Tag("td", [("class", "extra scale")], () =>
        {
            if (verdict.Value is { } number and >= 0 and <= 1 && Bound().Match(verdict.Bound) is { Success: true } bound
                && double.Parse(bound.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var limit and <= 1)
                Charts.Scale(html, verdict.Passed ? "good" : "bad", 0, 1, number, limit, $"{Words.Number(number)} on a scale from 0 to 1; the bound is {verdict.Bound}");
        });
    }

    [GeneratedRegex(@"^[<>]=? ([0-9]+(?:\.[0-9]+)?)$")]
    private static partial Regex Bound();
}
