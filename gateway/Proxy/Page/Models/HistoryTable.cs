using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>Who moved which channel, when and why, newest first.</summary>
public static class HistoryTable
{
    public static void Write(HtmlWriter html, StoreRead<IReadOnlyList<HistoryEntry>> history, DateTimeOffset now)
    {
        if (history.Value is not { Count: > 0 } entries)
        {
            html.Nothing(history.Problem ?? "Its channels have never been moved.");
            return;
        }
        html.Tag("ol", [("class", "events"), ("reversed", "reversed")], () =>
        {
            foreach (var entry in entries)
                html.Tag("li", [], () =>
                {
                    html.Tag("time", [("datetime", entry.At.ToString("O")), ("title", Words.At(entry.At))], () => html.Text(Words.Ago(entry.At, now)));
                    html.Mark(entry.Action == HistoryAction.Rollback ? "warn" : "good", $"{Words.Of(entry.Action)}: {(entry.From is { } from ? $"version {from} to {entry.To}" : $"version {entry.To}")}");
                    html.Tag("span", $"{string.Join(" and ", entry.Channels.Select(color => color.Word()))}, entry {entry.Number}", "quiet");
                    html.Tag("p", [], () =>
                    {
                        html.Name(entry.By);
                        html.Text(": ");
                        html.Name(entry.Reason);
                    });
                });
        });
        html.Command($"./build.sh --target=History --model={entries[0].Model} --verify", "Check that nobody has changed it by hand:");
    }
}
