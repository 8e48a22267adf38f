using System.Net;
using Slipway.Gateway.Options;
using Slipway.Gateway.Page.SignIn;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Page;

/// <summary>A gateway with an operator's page, and somebody who is signed in to it.</summary>
public sealed class PageFixture : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    // keeps no cookies of its own, and calls a listener that others reach as this machine
    private readonly HttpClient _browser = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private string? _cookie;

    private PageFixture(GatewayFixture gateway) => Gateway = gateway;

    public GatewayFixture Gateway { get; }

    public static async Task<PageFixture> StartAsync(Func<GatewayOptions, GatewayOptions>? configure = null)
    {
        var page = new PageFixture(new(options => (configure ?? (same => same))(options with { PageToken = PageToken.Parse(Token) })));
        await page.Gateway.StartAsync();
        page._browser.BaseAddress = new($"http://127.0.0.1:{page.Gateway.Private.BaseAddress!.Port}");
        return page;
    }

    public async Task SignInAsync()
    {
        using var answer = await _browser.GetAsync($"/?token={Token}");
        _cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string? cookie = null, HttpMethod? method = null, string? host = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if ((cookie ?? _cookie) is { } crumb)
            request.Headers.Add("Cookie", crumb);
        request.Headers.Host = host;
        return await _browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The text of a page, whose status has to be the expected one.</summary>
    public async Task<string> ReadAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        if (_cookie is null)
            await SignInAsync();
        using var answer = await SendAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(expected), text);
        return text;
    }

    /// <summary>A server of a color that serves versions of models, and is known to the gateway.</summary>
    public async Task<Backend> ServeAsync(Color color, params ServedModel[] models)
    {
        var backend = await Gateway.StartServerAsync(color, "r1");
        await Gateway.WriteAsync(new(backend.Replica, color, backend.Address, "r1", 99, Ready: true, Draining: false, models, default));
        await Gateway.TickAsync();
        await Gateway.ProbeAsync();
        return backend;
    }

    public static ServedModel Serving(string model, int version = 1) => new(model, version, "sha", version, ServedModelState.Serving, null, []);

    /// <summary>Both channels of a model point to a version.</summary>
    public async Task PointAsync(string model, int version, string by = "ada", string reason = "because")
    {
        var entry = new HistoryEntry(1, model, HistoryAction.Publish, Colors.All, null, version, by, reason, default, null);
        await Gateway.Store.WriteAsync(StoreKeys.HistoryEntry(model, 1), entry, RegistryJson.Default.HistoryEntry, PutCondition.None);
        foreach (var color in Colors.All)
        {
            var catalog = (await Gateway.Store.ReadAsync(StoreKeys.Catalog(color), RegistryJson.Default.ChannelCatalog))?.Value ?? ChannelCatalog.Empty;
            await Gateway.Store.WriteAsync(StoreKeys.Catalog(color), catalog.With(model, new(version, 1, "e")), RegistryJson.Default.ChannelCatalog, PutCondition.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await Gateway.DisposeAsync();
    }
}
