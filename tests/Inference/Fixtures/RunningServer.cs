using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Hosting.Telemetry;
using Slipway.Inference.Hosting;
using Slipway.Inference.Slots;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Fixtures;

/// <summary>A complete server in this process on a free loopback port, with a store in a temporary folder.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-inference-");
    private WebApplication? _app;
    private Task? _stopped;

    public RunningServer()
    {
        Inner = new(StoreFolder);
        Store = new(Inner);
        Shop = new(Inner);
    }

    public string StoreFolder => Path.Combine(_folder.FullName, "store");
    public string CacheFolder => Path.Combine(_folder.FullName, "cache");
    public string KeyFile => Path.Combine(_folder.FullName, "key");
    public DirectoryObjectStore Inner { get; }

    /// <summary>What the server sees of the store, and where faults are switched on.</summary>
    public FaultyStore Store { get; }
    public ModelShop Shop { get; }

    /// <summary>What a test puts in the place of the server's own services.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    /// <summary>Where its telemetry goes; null: nowhere.</summary>
    public TelemetrySettings? Telemetry { get; init; }

    public HttpClient Client { get; private set; } = new(DirectHttpClient.Handler());
    public WebApplication App => _app ?? throw new InvalidOperationException("The server has not been started.");
    public Uri Address => Client.BaseAddress!;

    public ModelSlot Slot(string model = ModelShop.Model) =>
        App.Services.GetRequiredService<ModelCatalog>().Find(model) ?? throw new InvalidOperationException($"The server does not have {model}.");

    public SlotState State(string model = ModelShop.Model) =>
        App.Services.GetRequiredService<ModelCatalog>().Find(model)?.State ?? SlotState.Empty(model);

    /// <param name="options"><c>Name=value</c>.</param>
    public async Task<RunningServer> StartAsync(params string[] options)
    {
        string[] arguments =
        [
            $"--Store={StoreFolder}", $"--KeyFile={KeyFile}", $"--CacheFolder={CacheFolder}", "--Url=http://127.0.0.1:0", "--Replica=blue-1",
            "--PollInterval=00:00:00.02", "--DiscoveryInterval=00:00:00.02", "--HeartbeatInterval=00:00:00.1", "--RetryAfter=00:00:00.05",
            "--DrainDelay=00:00:00", $"--TrustedKeys={ModelShop.Key.Key.ToPem()}", "--PredictionLog:FlushInterval=00:00:00.05", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None",
            .. options.Select(option => $"--{option}"),
        ];
        _app = InferenceHost.Build(arguments, services => Replace(services.AddSingleton<IObjectStore>(Store)), telemetry: Telemetry);
        await _app.StartAsync();
        Client = NewClient();
        return this;
    }

    public HttpClient NewClient() => new(DirectHttpClient.Handler()) { BaseAddress = new(_app!.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Starts with one valid version and waits until it is served.</summary>
    public static async Task<RunningServer> WithModelAsync(TestModel version, params string[] options)
    {
        var server = new RunningServer();
        await server.Shop.PublishAsync(version);
        await server.StartAsync(options);
        await server.ReadyAsync();
        return server;
    }

    public Task ReadyAsync() => Wait.ForAsync(() => App.Services.GetRequiredService<ServerReadiness>().Ready, "the server is ready");

    public Task ServingAsync(int version, string model = ModelShop.Model) =>
        Wait.ForAsync(() => State(model).Serving?.Version == version, $"{model} is served with version {version}");

    public Task<HttpResponseMessage> PostAsync(string path, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> InferAsync(string body, params (string Name, string Value)[] headers) =>
        PostAsync($"/v2/models/{ModelShop.Model}/infer", body, headers: headers);

    public Task StopAsync() => _stopped ??= App.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Store.Heal();
        Client.Dispose();
        if (_app is not null)
        {
            await StopAsync();
            await _app.DisposeAsync();
        }

        TestFolder.Remove(_folder);
    }
}

internal static class Answers
{
    public const string Row = """{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[42.5,10,0,1,0]}]}""";

    public static readonly float[] RowFeatures = [42.5f, 10, 0, 1, 0];

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync()) ?? throw new JsonException("The answer is the value null.");

    public static string Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join("|", values) : "";

    public static float[] Data(this JsonNode answer, int output = 0) =>
        [.. answer["outputs"]![output]!["data"]!.AsArray().Select(value => value!.GetValue<float>())];
}
