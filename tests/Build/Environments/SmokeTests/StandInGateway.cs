using System.Net;
using System.Text.Json.Nodes;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Tests.Environments.SmokeTests;

/// <summary>A gateway instead of the network: it responds like the real one, except for what a test breaks.</summary>
internal sealed class StandInGateway(PredictionIds ids, params ModelManifest[] models) : HttpMessageHandler
{
    private int _connections;

    public List<string> Asked { get; } = [];

    /// <summary>What callers have to show; null for nothing.</summary>
    public string? ApiKey { get; init; }

    public bool LetsCallersChoose { get; init; } = true;

    public Color Live { get; init; } = Color.Blue;

    /// <summary>How many connections do not come about before one does.</summary>
    public int Refusals { get; init; }

    /// <summary>Changes or replaces a response.</summary>
    public Func<string, Color, HttpResponseMessage, HttpResponseMessage> Fault { get; init; } = (_, _, answer) => answer;

    public bool Hangs { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_connections++ < Refusals)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
        var path = request.RequestUri!.PathAndQuery;
        var asked = request.Headers.TryGetValues(SlipwayHeaders.Color, out var colors) ? colors.Single() : null;
        Asked.Add($"{request.Method} {path}{(asked is null ? "" : $" {asked}")}");
        if (Hangs)
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        if (ApiKey is not null && !(request.Headers.TryGetValues("x-api-key", out var keys) && keys.Single() == ApiKey))
            return Json(HttpStatusCode.Unauthorized, """{"error":"This gateway needs an API key"}""");
        if (LetsCallersChoose && asked is not null && !Colors.TryParse(asked, out _))
            return Json(HttpStatusCode.BadRequest, """{"error":"blue or green"}""");
        var color = LetsCallersChoose && Colors.TryParse(asked, out var wanted) ? wanted : Live;
        return Fault(path, color, Answer(path, color));
    }

    private HttpResponseMessage Answer(string path, Color color)
    {
        if (Array.Find(models, one => path.Contains($"/v2/models/{one.Model}", StringComparison.Ordinal) || path.EndsWith($"?model={one.Model}", StringComparison.Ordinal)) is not { } manifest)
            return Json(HttpStatusCode.OK, """{"live":true,"ready":true}""");
        if (path.EndsWith("/ready", StringComparison.Ordinal))
            return Json(HttpStatusCode.OK, $$"""{"name":"{{manifest.Model}}","ready":true}""");
        if (path == $"/v2/models/{manifest.Model}")
            return Json(HttpStatusCode.OK, $$"""{"name":"{{manifest.Model}}","parameters":{"onnx_sha256":"{{manifest.Artifact.OnnxSha256}}"},"versions":["{{manifest.Version}}"]}""");

        var answers = LiveModel.Golden.Outputs.SelectMany(row => row).ToArray();
        var answer = Json(HttpStatusCode.OK, path.StartsWith("/invocations", StringComparison.Ordinal)
            ? new JsonObject { ["predictions"] = new JsonArray([.. answers.Select(value => (JsonNode)new JsonObject { ["probability"] = value, ["label"] = "0" })]) }.ToJsonString()
            : new JsonObject { ["outputs"] = new JsonArray(new JsonObject { ["name"] = "probability", ["data"] = new JsonArray([.. answers.Select(value => (JsonNode)value)]) }) }.ToJsonString());
        answer.Headers.Add(SlipwayHeaders.Color, color.Word());
        answer.Headers.Add(SlipwayHeaders.ModelVersion, $"{manifest.Version}");
        answer.Headers.Add(SlipwayHeaders.TrainingJob, manifest.Lineage.TrainingJob);
        answer.Headers.Add(SlipwayHeaders.PredictionId, ids.Create(manifest.Model, manifest.Version, "blue-1", TimeProvider.System.GetUtcNow(), (ulong)Asked.Count));
        return answer;
    }

    public static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    /// <summary>The same response with another value of a header.</summary>
    public static HttpResponseMessage With(HttpResponseMessage answer, string header, string? value)
    {
        answer.Headers.Remove(header);
        if (value is not null)
            answer.Headers.Add(header, value);
        return answer;
    }
}
