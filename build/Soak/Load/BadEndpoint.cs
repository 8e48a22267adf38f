using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Slipway.Soak.Load;

/// <summary>An endpoint that drops one of fifty requests and delays another, once it is told to: what a load generator has to notice.</summary>
public sealed class BadEndpoint : IAsyncDisposable
{
    private const int OneOf = 50;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _app;
    private int _number;
    private volatile bool _isBad;

    private BadEndpoint(TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            var number = Interlocked.Increment(ref _number) % OneOf;
            if (_isBad && number == 0)
                context.Abort();
            else if (_isBad && number == 1)
                await Task.Delay(Delay, time, context.RequestAborted);
        });
    }

    /// <summary>Whether the generator and the comparison notice what this endpoint does.</summary>
    public static async Task<bool> IsNoticedAsync(TimeSpan window, TimeProvider time, CancellationToken cancellation)
    {
        await using var endpoint = new BadEndpoint(time);
        await endpoint._app.StartAsync(cancellation);
        using var load = new OpenLoad(new([endpoint.Url], "/", "{}", PerSecond: 200, Attempts: 1), time);
        await load.RunAsync(window, cancellation);
        var calm = await load.RunAsync(window, cancellation);
        endpoint._isBad = true;
        var bad = await load.RunAsync(window, cancellation);
        return calm.Lost == 0 && bad.Lost > 0 && LatencyComparison.Of(calm, bad).Broken() is not null;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
