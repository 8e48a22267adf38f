using Slipway.Gateway.Page.Html;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Playground;

/// <summary>Many rows at once: CSV with a header, pasted.</summary>
public static class PlaygroundRows
{
    public static void Write(HtmlWriter html, ModelManifest manifest, PlaygroundInput input, IReadOnlyList<PlaygroundAnswer>? answers, string address)
    {
        html.Tag("form", [("method", "get"), ("action", $"/playground/{Words.Url(manifest.Model)}#rows")], () =>
        {
            html.Tag("label", [("for", "csv")], () => html.Text($"CSV with a header, at most {Words.Count(PlaygroundInput.MaxCsv)} characters"));
            html.Tag("textarea", [("id", "csv"), ("name", "csv"), ("rows", "5"), ("maxlength", $"{PlaygroundInput.MaxCsv}"), ("spellcheck", "false"), ("required", "required")], () => html.Text(input.Csv ?? ""));
            html.Tag("button", [("type", "submit")], () => html.Text("Predict all"));
        });
        html.Command($"curl '{address}' -H 'content-type: text/csv' --data-binary @rows.csv", "For a file, where an address has no room:");
        if (answers is null)
            return;
        foreach (var answer in answers.Where(answer => answer.Problem is not null))
            html.Nothing($"{answer.Color.Word()}: {answer.Problem}");
        if (answers.Any(answer => answer.Rows.Count > 0))
            Table(html, answers);
    }

    private static void Table(HtmlWriter html, IReadOnlyList<PlaygroundAnswer> answers) =>
        html.Table("Answers of all rows", "tall", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                html.Tag("th", [("scope", "col"), ("class", "number")], () => html.Text("Row"));
                foreach (var answer in answers)
                    html.Tag("th", [("scope", "col")], () => html.Mark(answer.Color.Word(), answer.Color.Word()));
            }));
            html.Tag("tbody", [], () =>
            {
                for (var at = 0; at < answers.Max(answer => answer.Rows.Count); at++)
                {
                    var row = at;
                    html.Tag("tr", [], () =>
                    {
                        html.Tag("th", [("scope", "row"), ("class", "number")], () => html.Text(Words.Count(row + 1)));
                        foreach (var answer in answers)
                            html.Tag("td", [], () => html.Name(Text(answer, row)));
                    });
                }
            });
        });

    private static string Text(PlaygroundAnswer answer, int at) => answer.Rows.ElementAtOrDefault(at) is not { } row
        ? answer.Problem is null ? "no answer to this row" : "no answer, as above"
        : row.Label is { } label ? $"{label} ({Words.Number(row.Main)})" : Words.Number(row.Main);
}
