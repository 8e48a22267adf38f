using System.Globalization;
using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Playground;

/// <summary>A field for each column, of its type, with the range that the training data had.</summary>
public static class PlaygroundForm
{
    public static void Write(HtmlWriter html, ModelManifest manifest, PlaygroundInput input, StoreRead<GoldenExamples> examples)
    {
        var path = $"/playground/{Words.Url(manifest.Model)}";
        html.Tag("form", [("method", "get"), ("action", path), ("id", "ask")], () =>
        {
            Examples(html, path, examples);
            html.Box("fields", () =>
            {
                foreach (var (at, column) in manifest.Schema.Columns.Index())
                    Field(html, at, column, input.Values.GetValueOrDefault(column.Name));
            });
            Vary(html, manifest.Schema, input);
            html.Tag("button", [("type", "submit")], () => html.Text("Predict"));
        });
    }

    private static void Examples(HtmlWriter html, string path, StoreRead<GoldenExamples> examples)
    {
        if (examples.Value is not { Records.Count: > 0 } found)
        {
            html.Nothing(examples.Problem ?? "The golden set of this version has no raw values to begin with.");
            return;
        }
        html.Tag("p", [("class", "list")], () =>
        {
            html.Text("Begin with a row of the golden set: ");
            foreach (var number in Enumerable.Range(1, found.Records.Count))
                html.Link($"{path}?example={number}", number.ToString(CultureInfo.InvariantCulture));
        });
    }

    private static void Field(HtmlWriter html, int at, ColumnSchema column, string? value)
    {
        var name = PlaygroundInput.Field(at);
        html.Tag("div", [("class", "field")], () =>
        {
            html.Tag("label", [("for", name)], () => html.Name(column.Name));
            if (column.Kind == ColumnKind.Categorical)
                Category(html, name, column, value);
            else
                Number(html, name, column, value);
        });
    }

    private static void Number(HtmlWriter html, string name, ColumnSchema column, string? value)
    {
        var hint = column is { Minimum: { } low, Maximum: { } high } ? $"{Words.Number(low)} to {Words.Number(high)}" : null;
        html.Tag("input", [
            ("type", "text"), ("inputmode", "decimal"), ("id", name), ("name", name), ("value", value), ("maxlength", "40"), ("autocomplete", "off"),
            ("placeholder", "missing"), ("aria-describedby", hint is null ? null : $"{name}-hint"),
            ("data-min", column.Minimum?.ToString("R", CultureInfo.InvariantCulture)), ("data-max", column.Maximum?.ToString("R", CultureInfo.InvariantCulture))]);
        if (hint is not null)
            html.Tag("span", [("class", "quiet"), ("id", $"{name}-hint")], () => html.Text(hint));
    }

    private static void Category(HtmlWriter html, string name, ColumnSchema column, string? value)
    {
        var categories = column.Categories ?? [];
        html.Tag("select", [("id", name), ("name", name)], () =>
        {
            html.Tag("option", [("value", "")], () => html.Text("missing"));
            foreach (var category in categories)
                html.Tag("option", [("value", category), ("selected", category == value ? "selected" : null)], () => html.Text(category.Length > 80 ? $"{category[..80]}\u2026" : category));
            // by value, 2 is the category 2.0; and a value that training did not know is a fair question
            if (value is not null && !categories.Contains(value))
                html.Tag("option", [("value", value), ("selected", "selected")], () => html.Text(value.Length > 80 ? $"{value[..80]}\u2026" : value));
        });
    }

    private static void Vary(HtmlWriter html, ModelSchema schema, PlaygroundInput input)
    {
        var numbers = schema.Columns.Index().Where(column => column.Item is { Kind: ColumnKind.Numeric, Minimum: not null, Maximum: not null }).ToList();
        if (numbers.Count == 0)
            return;
        html.Tag("div", [("class", "field")], () =>
        {
            html.Tag("label", [("for", "vary")], () => html.Text("What if this changes?"));
            html.Tag("select", [("id", "vary"), ("name", "vary")], () =>
            {
                html.Tag("option", [("value", "")], () => html.Text("nothing"));
                foreach (var (at, column) in numbers)
                    html.Tag("option", [("value", at.ToString(CultureInfo.InvariantCulture)), ("selected", column.Name == input.Varied?.Name ? "selected" : null)], () => html.Text(column.Name.Length > 80 ? $"{column.Name[..80]}\u2026" : column.Name));
            });
        });
    }
}
