using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Tests.Fixtures;

public enum Behavior
{
    Answer,

    /// <summary>Cuts the connection after the request was read.</summary>
    Abort,

    /// <summary>503, as a server does that is overloaded or stopping.</summary>
    Refuse,

    /// <summary>Takes the request and says nothing, as a stopped process does.</summary>
    Hang,

    /// <summary>500: a response, although an error.</summary>
    Fail,

    /// <summary>Works on the request until <see cref="Backend.Finish"/>, and meanwhile responds to its probe.</summary>
    Work,

    /// <summary>200 with more headers than the gateway reads.</summary>
    LongHeaders,

    /// <summary>200 with a header that contains bytes beyond ASCII.</summary>
    OddHeader,

    /// <summary>500, because the model returned a value that is not a finite number.</summary>
    NotFinite,
}

/// <summary>What a backend received.</summary>
public sealed record Seen(string Method, string Path, Dictionary<string, string> Headers, byte[] Body);

/// <summary>A real server on loopback in place of an inference server.</summary>
public sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _release = new();
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isReady = true;

    private Backend(Color color, string replica, WebApplication app) => (Color, Replica, _app) = (color, replica, app);

    public Color Color { get; }
    public string Replica { get; }
    public string Address { get; private set; } = "";
    public ConcurrentQueue<Seen> Requests { get; } = new();

    /// <summary>What it predicts, as JSON; null for the usual answer, which says its color.</summary>
    public string? Prediction { get; set; }

    private volatile Behavior _behavior;

    public Behavior Behavior
    {
        get => _behavior;
        set => _behavior = value;
    }

    /// <summary>The response to the probe.</summary>
    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }

    /// <summary>Writes the response to each request but its probe's, if set.</summary>
    public Func<HttpContext, Seen, Task>? Respond { get; set; }

    /// <summary>Lets everything that it works on come to its end.</summary>
    public void Finish() => _finish.TrySetResult();

    /// <summary>Waits until this number of requests has arrived.</summary>
    public async Task ArrivedAsync(int requests)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (Requests.Count < requests)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    public static async Task<Backend> StartAsync(Color color, string replica)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
            // bytes as they are on the wire
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });
        var app = builder.Build();
        var backend = new Backend(color, replica, app);
        app.Run(backend.HandleAsync);
        await app.StartAsync();
        backend.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return backend;
    }

    /// <summary>As kill -9: the port closes and every connection breaks.</summary>
    public async Task KillAsync()
    {
        Behavior = Behavior.Abort;
        using var now = new CancellationTokenSource();
        now.Cancel();
        _release.TrySetResult();
        await _app.StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/v2/health/ready")
        {
            if (Behavior == Behavior.Hang)
                await HangAsync(context);
            context.Response.StatusCode = IsReady ? 200 : 503;
            return;
        }
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var seen = new Seen(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            body.ToArray());
        Requests.Enqueue(seen);
        if (Behavior == Behavior.Answer && Respond is { } respond)
        {
            await respond(context, seen);
            return;
        }
        switch (Behavior)
        {
            case Behavior.Abort:
                context.Abort();
                return;
            case Behavior.Hang:
                await HangAsync(context);
                return;
            case Behavior.Refuse or Behavior.Fail:
                context.Response.StatusCode = Behavior == Behavior.Refuse ? 503 : 500;
                context.Response.Headers["x-refused-by"] = Replica;
                await context.Response.WriteAsync("no");
                return;
            case Behavior.NotFinite:
                context.Response.StatusCode = 500;
                context.Response.Headers[SlipwayHeaders.NotFinite] = "true";
                await context.Response.WriteAsync("no number");
                return;
            case Behavior.Work:
                await Task.WhenAny(_finish.Task, HangAsync(context));
                break;
            case Behavior.LongHeaders:
                context.Response.Headers["x-long"] = new string('n', 70_000);
                break;
            case Behavior.OddHeader:
                context.Response.Headers["x-name"] = "Jos\u00c3\u00a9 \u00e9";
                break;
        }
        context.Response.Headers[SlipwayHeaders.Color] = Color.Word();
        context.Response.Headers["x-replica"] = Replica;
        if (Prediction is { } prediction)
        {
            context.Response.Headers[SlipwayHeaders.PredictionId] = $"{Replica}-{Requests.Count}";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(prediction);
            return;
        }
        await context.Response.WriteAsync($"{Color.Word()} {body.Length}");
    }

    private Task HangAsync(HttpContext context) => Task.WhenAny(_release.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
}
