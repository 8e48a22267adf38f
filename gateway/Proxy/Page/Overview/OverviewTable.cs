using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.Channels;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Replicas;
using Slipway.Registry.Traffic;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Overview;

/// <summary>A line for each model.</summary>
public sealed class OverviewTable(TrafficStatus status, IReadOnlyList<OverviewModel> models, OverviewOrder order, DateTimeOffset now)
{
    private static readonly (string Key, string Name, string? Css)[] Columns =
    [
        ("model", "Model", null), ("", "Version", null), ("quality", "Quality", "extra"), ("", "Drift", "extra"), ("", "Value", "extra"),
        ("requests", "Requests", "number"), ("errors", "Errors", "number"), ("p50", "p50", "number extra"), ("p99", "p99", "number"), ("changed", "Last change", "extra"),
    ];

    public void Write(HtmlWriter html)
    {
        if (models.Count == 0)
        {
            html.Nothing("There is no model yet. Deploy trains those in training/models.");
            return;
        }
        html.Table("Models", "models", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () => Head(html)));
            html.Tag("tbody", [], () =>
            {
                foreach (var model in order.Sort(models))
                    html.Tag("tr", [], () => Row(html, model));
            });
        });
        html.Tag("p", "Requests and errors since this gateway started; latencies of the last minute, of the color with more requests. Drift has data when a window of predictions is complete, value when labels have been joined with predictions.", "quiet");
    }

    private void Head(HtmlWriter html)
    {
        foreach (var (key, name, css) in Columns)
            html.Tag("th", [("scope", "col"), ("class", css), ("aria-sort", order.Aria(key))], () =>
            {
                if (key.Length == 0)
                    html.Text(name);
                else
                    html.Tag("a", [("href", order.Next(key))], () => html.Text(name));
            });
    }

    private void Row(HtmlWriter html, OverviewModel model)
    {
        var live = status.State.Live;
        html.Tag("th", [("scope", "row")], () => html.Link($"/models/{Words.Url(model.Name)}", model.Name));
        html.Tag("td", [], () => Versions(html, model));
        html.Tag("td", [("class", "extra")], () =>
        {
            if (model.Summary?.VersionOf(live) is not { } version)
                html.Tag("span", "no version", "quiet");
            else
                Quality(html, version.Metric, version.Quality?.Value, model.Summary.Monitoring.Recent(version.Version)?.Metrics.GetValueOrDefault(version.Metric)?.Value);
        });
        html.Tag("td", [("class", "extra")], () => Drift(html, model.Summary?.Monitoring));
        html.Tag("td", [("class", "extra")], () => Value(html, model.Summary?.Monitoring));
        html.Tag("td", Words.Count(model.Requests), "number");
        html.Tag("td", Words.Count(model.Errors), model.Errors > 0 ? "number worse" : "number");
        html.Tag("td", Words.Milliseconds(model.Percentile(0.5)), "number extra");
        html.Tag("td", Words.Milliseconds(model.Percentile(0.99)), "number");
        html.Tag("td", [("class", "extra")], () =>
        {
            if (model.Summary?.Last is not { } last)
            {
                html.Tag("span", "never moved", "quiet");
                return;
            }
            html.Tag("time", [("datetime", last.At.ToString("O")), ("title", Words.At(last.At))], () => html.Text(Words.Ago(last.At, now)));
            html.Text(" by ");
            html.Name(last.By);
        });
    }

    private void Drift(HtmlWriter html, ModelMonitoring? monitoring)
    {
        if (monitoring?.DriftAt(now) is not { } verdict)
            html.Tag("span", monitoring?.Drift is null ? "no window yet" : "no recent window", "quiet");
        else if (verdict.State is DriftState.Drifted)
            html.Mark("bad", Words.Plural(verdict.Drifted, "column"));
        else if (verdict.IsAlarm)
            html.Mark("warn", "data problems");
        else
            html.Mark(verdict.State == DriftState.Stable ? "good" : "none", verdict.State == DriftState.Stable ? "none" : Words.Of(verdict.State));
    }

    private static void Value(HtmlWriter html, ModelMonitoring? monitoring)
    {
        var versions = monitoring?.Quality?.Versions.Where(one => one.Day is null && one.Value is not null).ToList() ?? [];
        if (versions.Count == 0)
            html.Tag("span", "no labels yet", "quiet");
        else
            html.Name($"{Words.Number(versions.Sum(one => one.Value!.Value))} {monitoring!.Quality!.ValueUnit}");
    }

    private static void Quality(HtmlWriter html, string metric, double? value, double? inProduction)
    {
        html.Text(value is { } number ? Words.Number(number) : "not measured");
        html.Text(" ");
        html.Tag("span", metric, "quiet");
        if (inProduction is { } now)
            html.Tag("div", $"{Words.Number(now)} in production");
    }

    private void Versions(HtmlWriter html, OverviewModel model)
    {
        foreach (var color in Colors.All)
        {
            var versions = model.VersionsOn(color);
            var text = versions.Count > 0 ? string.Join(", ", versions) : model.Summary?.Of(color) is { } waiting ? $"{waiting}, not served" : "none";
            html.Mark(color.Word(), text);
            if (model.Served.Any(server => server.Color == color && server.Model.State is ServedModelState.Swapping or ServedModelState.Loading))
                html.Tag("span", "swapping", "tag");
            if (model.Served.Any(server => server.Color == color && server.Model.State is ServedModelState.Quarantined or ServedModelState.Failed))
                html.Tag("span", "held back", "tag bad");
        }
    }
}
