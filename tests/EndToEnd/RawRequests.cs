using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.Registry.Models;

namespace Slipway.EndToEnd.Tests;

/// <summary>The golden rows of a model as callers send them: raw values by column name, in each of the three forms.</summary>
internal sealed class RawRequests(LocalSystem system, string model, GoldenSet golden)
{
    private readonly string[] _columns = [.. golden.Records.SelectMany(record => record.Keys).Distinct()];

    public Comparison<float> Tolerance => (expected, got) =>
        Math.Abs((double)expected - got) <= golden.Tolerance * Math.Max(1, Math.Abs(expected)) ? 0 : expected.CompareTo(got);

    public async Task<float[][]> AsRecords()
    {
        var records = new JsonArray([.. golden.Records.Select(record => (JsonNode)new JsonObject(
            record.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)JsonValue.Create(value.Value)))))]);
        return Rows(await Ask($"invocations?model={model}", records.ToJsonString(), "application/json"));
    }

    public async Task<float[][]> AsCsv()
    {
        var lines = golden.Records.Select(record => _columns.Select(column => Quoted(record.GetValueOrDefault(column) ?? ""))).Prepend(_columns.Select(Quoted));
        return Rows(await Ask($"invocations?model={model}", string.Join('\n', lines.Select(line => string.Join(',', line))), "text/csv"));
    }

    public async Task<float[][]> AsOneTensorAColumn()
    {
        var metadata = JsonNode.Parse(await system.Http.GetStringAsync($"{system.Url}/v2/models/{model}"))!;
        var inputs = metadata["parameters"]!["columns"]!.AsArray().Select(column => (JsonNode)new JsonObject
        {
            ["name"] = (string)column!["name"]!,
            ["datatype"] = (string)column["datatype"]!,
            ["shape"] = new JsonArray(golden.Records.Count),
            ["data"] = new JsonArray([.. golden.Records.Select(record => Value(record.GetValueOrDefault((string)column["name"]!), (string)column["datatype"]!))]),
        });
        var answer = await Ask($"v2/models/{model}/infer", new JsonObject { ["inputs"] = new JsonArray([.. inputs]) }.ToJsonString(), "application/json");
        var output = answer["outputs"]![0]!;
        return [.. output["data"]!.AsArray().Select(value => (float)value!).Chunk((int)output["shape"]![1]!)];
    }

    private async Task<JsonNode> Ask(string path, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var answer = await system.Http.PostAsync($"{system.Url}/{path}", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>A probability or value alone, or the probabilities of all classes.</summary>
    private static float[][] Rows(JsonNode answer) =>
        [.. answer["predictions"]!.AsArray().Select(row => row!.AsObject().First().Value is JsonObject classes
            ? classes.Select(member => (float)member.Value!).ToArray()
            : [(float)row.AsObject().First().Value!])];

    private static JsonNode? Value(string? text, string datatype) => text is null ? null
        : datatype == "BYTES" ? JsonValue.Create(text)
        : JsonValue.Create(float.Parse(text, CultureInfo.InvariantCulture));

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
