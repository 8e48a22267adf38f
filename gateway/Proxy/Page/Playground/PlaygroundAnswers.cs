using System.Globalization;
using Slipway.Gateway.Page.Html;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Playground;

/// <summary>What blue and green answered: label, probabilities, warnings, and what made it.</summary>
public static class PlaygroundAnswers
{
    private const int MaxClasses = 10;

    /// <param name="Curve">The answers over the range of the varied column; null if none is.</param>
    public sealed record Answered(PlaygroundAnswer Row, PlaygroundAnswer? Curve);

    public static void Write(HtmlWriter html, ModelManifest manifest, PlaygroundInput input, IReadOnlyList<Answered> answers)
    {
        if (answers.Count == 0)
        {
            html.Nothing("Fill in the form and press Predict.");
            return;
        }
        html.Tag("p", Compared(answers), "lead");
        html.Box("pair", () =>
        {
            foreach (var answer in answers)
                Answer(html, manifest, answer.Row);
        });
        if (input is { Varied: { } varied } && input.Curve() is { } curve)
            Curve(html, manifest, input, varied, curve.Points, answers);
    }

    private static string Compared(IReadOnlyList<Answered> answers)
    {
        var rows = answers.Select(answer => answer.Row).Where(row => row.Rows.Count > 0).ToList();
        if (rows.Count < 2)
            return rows.Count == 0 ? "No color answered." : $"Only {rows[0].Color.Word()} answered.";
        var (one, other) = (rows[0].Rows[0], rows[1].Rows[0]);
        var difference = Math.Abs(one.Main - other.Main);
        return one.Label != other.Label ? "Blue and green predict differently."
            : difference > 1e-6 * Math.Max(1, Math.Abs(one.Main)) ? $"Blue and green {(one.Label is null ? "differ" : "agree, and their values differ")} by {Words.Number(difference)}."
            : rows[0].Version == rows[1].Version ? "Blue and green agree: both answer with the same version." : "Blue and green agree.";
    }

    private static void Answer(HtmlWriter html, ModelManifest manifest, PlaygroundAnswer answer) => html.Tag("div", [("class", $"color {answer.Color.Word()}")], () =>
    {
        html.Tag("h2", [], () =>
        {
            html.Mark(answer.Color.Word(), answer.Color.Word());
            if (answer.Version is { } version)
                html.Tag("span", $"version {version}", "tag");
        });
        if (answer.Problem is { } problem || answer.Rows is not [var row, ..])
        {
            html.Nothing(answer.Problem ?? "The answer has no rows.");
            return;
        }
        html.Tag("p", [("class", "of")], () => html.Name(manifest.Schema.Label));
        html.Tag("p", [("class", "big")], () => html.Name(row.Label ?? Words.Number(row.Main)));
        if (row.Label is not null)
            Classes(html, manifest.Schema, row, answer.Color);
        // a version's own threshold is that of its manifest
        if (manifest.Schema is { Task: ModelTask.Binary, Classes: [_, var yes] } && answer.Version == manifest.Version.ToString(CultureInfo.InvariantCulture))
            html.Tag("p", [("class", "of")], () => html.Name($"{yes} from {Words.Percent(manifest.Schema.Threshold ?? 0.5)} on"));
        if (answer.OutOfRange.Count > 0)
            html.Tag("p", [("class", "warning")], () =>
            {
                html.Mark("warn", "outside of the training data");
                html.Name($" {string.Join(", ", answer.OutOfRange)}");
            });
        html.Tag("p", [("class", "quiet")], () =>
        {
            html.Name($"{answer.Replica}, {Words.Milliseconds(answer.Elapsed.TotalMilliseconds)}, trained by ");
            if (answer is { TrainingJob: { } job, Version: { } version })
                html.Link($"/models/{Words.Url(manifest.Model)}/report?version={Words.Url(version)}", job);
        });
    });

    private static void Classes(HtmlWriter html, ModelSchema schema, PlaygroundRow row, Color color)
    {
        // the one value of a binary model is the probability of its second class
        var values = row.Values is [var (_, probability)] && schema.Classes is [var no, var yes] ? [(yes, probability), (no, 1 - probability)] : row.Values;
        html.Tag("dl", [("class", "classes")], () =>
        {
            foreach (var (name, value) in values.OrderByDescending(value => value.Item2).Take(MaxClasses))
                html.Tag("div", [], () =>
                {
                    html.Tag("dt", [], () => html.Name(name));
                    html.Tag("dd", [], () =>
                    {
                        html.Text(Words.Percent(value));
                        Charts.Share(html, color.Word(), value, $"{name}: {Words.Percent(value)}");
                    });
                });
        });
    }

    private static void Curve(HtmlWriter html, ModelManifest manifest, PlaygroundInput input, ColumnSchema varied, IReadOnlyList<double> points, IReadOnlyList<Answered> answers)
    {
        var isShare = manifest.Schema.Task != ModelTask.Regression;
        var now = double.TryParse(input.Values.GetValueOrDefault(varied.Name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? $"; it is {Words.Number(value)} now" : "";
        var lines = answers.Where(answer => answer.Curve is { Rows.Count: PlaygroundInput.CurvePoints })
            .Select(answer => new Line(answer.Row.Color.Word(), answer.Row.Color.Word(), [.. answer.Curve!.Rows.Select(row => (double?)row.Main)])).ToList();
        Charts.Lines(
            html, $"If {varied.Name} changes", $"{varied.Name} from {Words.Number(points[0])} to {Words.Number(points[^1])}{now}",
            isShare ? Words.Percent : Words.Number, lines, isShare ? 0 : null, isShare ? 1 : null);
    }
}
