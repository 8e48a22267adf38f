using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Tests.Properties;

/// <summary>A server whose answers to edited requests are checked: each is a prediction or a problem of the caller's, described in a sentence.</summary>
internal sealed class PropertyServer(RunningServer server) : IAsyncDisposable
{
    public static TestModel Version { get; } = new(0.5f);

    public RunningServer Server => server;

    public static async Task<PropertyServer> StartAsync() => new(await RunningServer.WithModelAsync(Version));

    public async Task<ServerAnswer> PostAsync(string path, HttpContent content, string type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content.Headers.TryAddWithoutValidation(name, value);
        using var answer = await server.Client.SendAsync(request);
        return await Checked(answer);
    }

    /// <summary>The documented forms of an answer, whatever was sent.</summary>
    public static async Task<ServerAnswer> Checked(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        var text = System.Text.Encoding.UTF8.GetString(body);
        Assert.That((int)answer.StatusCode, Is.LessThan(500), text);
        if (answer.IsSuccessStatusCode)
            return new(answer.StatusCode, body, answer.Header(SlipwayHeaders.IgnoredColumns));
        using var problem = JsonDocument.Parse(body);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(problem.RootElement.GetProperty("error").GetString(), Has.Length.InRange(10, 2600).And.Not.Contain("   at ").And.Not.Contain("Exception"));
        return new(answer.StatusCode, body, "");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <param name="Ignored">The columns that the model does not have.</param>
internal sealed record ServerAnswer(HttpStatusCode Status, byte[] Body, string Ignored)
{
    public bool IsPrediction => Status == HttpStatusCode.OK;
}
