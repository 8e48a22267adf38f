using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Live;
using Slipway.Gateway.Page.Reading;
using Slipway.Gateway.Status;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Overview;

/// <summary>What is live, how it is doing, and what to do if it is not well: a sentence, the two colors, and a line for each model.</summary>
public sealed class OverviewPage(TrafficStatusReport report, GatewayMetrics metrics, TrafficSamples samples, PageStore store, TimeProvider time)
{
    public async Task<PageContent> BuildAsync(IQueryCollection query, CancellationToken cancellation)
    {
        var status = report.Now();
        var summaries = await store.ModelsAsync(cancellation);
        var models = OverviewModel.All(status, summaries.Value, metrics.Models);
        var verdict = OverviewVerdict.Of(status, models, summaries.Problem, time.GetUtcNow());
        var table = new OverviewTable(status, models, OverviewOrder.Of(query), time.GetUtcNow());
        return new("Overview", "Overview", html =>
        {
            Verdict(html, verdict);
            html.Box("pair", () =>
            {
                foreach (var color in status.Colors)
                    ColorBox(html, status, color);
            });
            html.Part("traffic", "Last 15 minutes", () => Traffic(html));
            html.Part("models", "Models", () => table.Write(html));
        }, IsLive: true);
    }

    private static void Verdict(HtmlWriter html, OverviewVerdict verdict) => html.Tag("div", [("class", $"verdict {verdict.Kind}")], () =>
    {
        html.Tag("h1", [], () => html.Name(verdict.Sentence));
        if (verdict.Detail is { } detail)
            html.Tag("p", [], () => html.Name(detail));
        if (verdict.Command is { } command)
            html.Command(command);
        if (verdict.Href is { } href)
            html.Tag("p", [], () => html.Link(href, "See why"));
    });

    private static void ColorBox(HtmlWriter html, TrafficStatus status, ColorStatus color) => html.Tag("div", [("class", $"color {color.Color.Word()}")], () =>
    {
        var healthy = color.Destinations.Count(server => server.Health == "healthy");
        html.Tag("h2", [], () =>
        {
            html.Mark(color.Color.Word(), color.Color.Word());
            if (status.State.Live == color.Color)
                html.Tag("span", "live", "tag");
        });
        html.Tag("p", [("class", "big")], () => html.Text($"{color.Share} % of requests"));
        Charts.Share(html, color.Color.Word(), color.Share / 100.0, $"{color.Color.Word()} gets {color.Share} % of requests");
        html.Facts(
        [
            ("Servers", () => html.Text(color.Destinations.Count == 0 ? "none" : $"{healthy} of {color.Destinations.Count} healthy")),
            ("Release", () => html.Name(color.Destinations.Count == 0 ? "no server" : string.Join(", ", color.Destinations.Select(server => Short(server.Release)).Distinct()))),
            ("Requests", () => html.Text(Words.Count(color.Requests))),
            ("Errors", () => html.Tag("span", Words.Count(color.Errors), color.Errors > 0 ? "worse" : null)),
            ("p50", () => html.Text(Words.Milliseconds(color.P50Milliseconds))),
            ("p99", () => html.Text(Words.Milliseconds(color.P99Milliseconds))),
        ]);
    });

    private void Traffic(HtmlWriter html)
    {
        IReadOnlyList<Line> Lines(Func<ColorSample, double?> value) =>
            [.. Colors.All.Select(color => new Line(color.Word(), color.Word(), Padded(samples.Of(color).Select(value))))];

        var covered = $"15 minutes up to now, a value every {TrafficSamples.Interval.TotalSeconds:0} s";
        html.Box("charts", () =>
        {
            Charts.Lines(html, "Requests per second", covered, Words.Rate, Lines(sample => sample.Requests));
            Charts.Lines(html, "p99 of the last minute", covered, value => Words.Milliseconds(value), Lines(sample => sample.P99));
        });
    }

    // what is before this gateway's start is a gap, so that the picture keeps its scale
    private static double?[] Padded(IEnumerable<double?> values)
    {
        double?[] known = [.. values];
        return [.. Enumerable.Repeat<double?>(null, TrafficSamples.MaxSamples - known.Length), .. known];
    }

    private static string Short(string release) => release.Length > 19 ? release[..19] : release;
}
