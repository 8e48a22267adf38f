using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Gateway.Options;
using Slipway.Gateway.Page.Html;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Playground;

/// <summary>The same request as a program sends it, which is then a prediction like any other.</summary>
public static class PlaygroundCode
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HtmlWriter html, ModelManifest manifest, PlaygroundInput input, GatewayOptions options)
    {
        var body = Body(manifest.Schema, input.Values);
        var url = Address(options, manifest.Model);
        var hasKey = options.ApiKeys.Count > 0;
        html.Tag("p", "These are predictions: they are logged, and have an id to trace.", "quiet");
        html.Command(Curl(url, body, hasKey), "curl");
        html.Command(CSharp(url, body, hasKey), "C#");
        html.Command(Python(url, body, hasKey), "Python");
    }

    /// <summary>Where programs send predictions of a model to.</summary>
    public static string Address(GatewayOptions options, string model) =>
        $"{(options.Url.IsLoopback ? options.Url.GetLeftPart(UriPartial.Authority) : "https://<gateway>")}/invocations?model={model}";

    public static string Body(ModelSchema schema, IReadOnlyDictionary<string, string?> values)
    {
        var record = new JsonObject();
        foreach (var column in schema.Columns)
            if (values.GetValueOrDefault(column.Name) is { } value)
                record[column.Name] = column.Kind == ColumnKind.Numeric && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : value;
        return record.ToJsonString(Readable);
    }

    /// <summary>In single quotes a shell interprets nothing, so only they have to be left and entered again.</summary>
    public static string Curl(string url, string body, bool hasKey) =>
        $"curl -i '{url}' -H 'content-type: application/json'{(hasKey ? " -H \"x-api-key: $API_KEY\"" : "")} -d '{body.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    public static string CSharp(string url, string body, bool hasKey) => $"""
        using System.Net.Http;
        using System.Text;

        using var http = new HttpClient();{(hasKey ? "\nhttp.DefaultRequestHeaders.Add(\"x-api-key\", Environment.GetEnvironmentVariable(\"API_KEY\"));" : "")}
        var body = new StringContent({Literal(body)}, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("{url}", body);
        Console.WriteLine(await answer.Content.ReadAsStringAsync());
        """;

    public static string Python(string url, string body, bool hasKey) => $$"""
        import {{(hasKey ? "os, " : "")}}urllib.request

        request = urllib.request.Request("{{url}}", data={{Literal(body)}}.encode(), headers={"content-type": "application/json"{{(hasKey ? ", \"x-api-key\": os.environ[\"API_KEY\"]" : "")}}})
        with urllib.request.urlopen(request) as answer:
            print(answer.headers["x-slipway-prediction-id"], answer.read().decode())
        """;

    // the escapes of JSON's strings mean the same in C# and in Python
    private static string Literal(string text) => JsonSerializer.Serialize(text, Readable);
}
