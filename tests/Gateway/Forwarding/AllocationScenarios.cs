using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Forwarding;

/// <summary>What split, retry buffer, attempts and metrics allocate for a request, in addition to YARP, which forwards it.</summary>
[NonParallelizable]
public sealed class AllocationScenarios
{
    private const int Requests = 1000;
    private const string Path = "/v2/models/m/infer";

    [Test]
    public async Task AddAtMostAThousandBytesToARequest()
    {
        using var first = new ConstantServer();
        using var second = new ConstantServer();
        await using var gateway = new GatewayFixture();
        await gateway.WriteAsync(new("blue-0", Color.Blue, first.Address, "r1", 1, Ready: true, Draining: false, [], default));
        await gateway.WriteAsync(new("blue-1", Color.Blue, second.Address, "r1", 1, Ready: true, Draining: false, [], default));
        await gateway.AskForAsync(Color.Blue);
        await gateway.StartAsync();
        await gateway.TickAsync();
        await using var plain = await PlainAsync(first.Address);

        var (ours, theirs) = (BytesPerRequest(gateway.Public.BaseAddress!), BytesPerRequest(AddressOf(plain)));

        TestContext.Out.WriteLine($"{ours} bytes a request, and {theirs} in plain YARP");
        Assert.That(ours - theirs, Is.LessThanOrEqualTo(1000), $"{ours} bytes a request, and {theirs} in plain YARP");
    }

    /// <summary>The least of some rounds: whatever else runs in this process now and then allocates as well.</summary>
    private static long BytesPerRequest(Uri proxy)
    {
        using var caller = new ConstantCaller(proxy, Path);
        return Enumerable.Range(0, 4).Min(_ =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var request = 0; request < Requests; request++)
                caller.Send();
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / Requests;
        });
    }

    private static async Task<WebApplication> PlainAsync(string server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        app.MapForwarder("{**path}", server);
        await app.StartAsync();
        return app;
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}
