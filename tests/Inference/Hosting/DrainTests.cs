using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Slipway.Inference.Requests;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Replicas;

namespace Slipway.Inference.Tests.Hosting;

public sealed class DrainTests
{
    [Test]
    public async Task GoesOnAnsweringWhileItSaysThatItIsDraining()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "DrainDelay=00:00:02");
        await HeartbeatTests.WaitAsync(server, beat => beat.Ready);
        var stopping = server.StopAsync();
        var heartbeat = await HeartbeatTests.WaitAsync(server, beat => beat.Draining);

        using var ready = await server.Client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
        using var answer = await server.InferAsync(Answers.Row);
        await stopping;

        Assert.Multiple(() =>
        {
            Assert.That(heartbeat.Ready, Is.False);
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Headers.ConnectionClose, Is.True);
        });
        Assert.That(async () => await server.InferAsync(Answers.Row), Throws.InstanceOf<HttpRequestException>(), "the port is closed at the end");
    }

    [Test]
    public async Task FinishesWhatItHasBegun()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "MaxConcurrency=1");
        var gate = await OccupyAsync(server);
        var asked = server.InferAsync(Answers.Row);
        await Wait.ForAsync(() => gate.Waiting > 0, "the request waits for its turn");
        var stopping = server.StopAsync();
        await Wait.ForAsync(() => IsClosedAsync(server), "the server takes no more connections");
        Assert.That(stopping.IsCompleted, Is.False, "a request is under way");

        gate.Leave();

        using var answer = await asked;
        await stopping;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task TurnsRequestsAwayThatItCannotQueue()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "MaxConcurrency=1", "MaxQueue=1");
        var gate = await OccupyAsync(server);
        var waits = server.InferAsync(Answers.Row);
        await Wait.ForAsync(() => gate.Waiting > 0, "the first request waits for its turn");

        using var refused = await server.InferAsync(Answers.Row);
        using var live = await server.Client.GetAsync(new Uri("/v2/health/live", UriKind.Relative));
        gate.Leave();
        using var first = await waits;
        using var next = await server.InferAsync(Answers.Row);

        Assert.Multiple(() =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task SaysWhatIsWrongWhenThePortIsTaken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var server = new RunningServer();

        Assert.That(
            async () => await server.StartAsync($"Url=http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"),
            Throws.InstanceOf<IOException>().With.InnerException.InstanceOf<Microsoft.AspNetCore.Connections.AddressInUseException>());
    }

    [Test]
    public async Task StopsWhenItsHostIsAskedTo()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var stopped = server.App.WaitForShutdownAsync();

        server.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await stopped.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    /// <summary>Takes the one place to compute, as a request in the middle of a long run has it.</summary>
    private static async Task<AdmissionGate> OccupyAsync(RunningServer server)
    {
        var gate = server.App.Services.GetRequiredService<AdmissionGate>();
        await gate.EnterAsync(new DefaultHttpContext());
        return gate;
    }

    private static async Task<bool> IsClosedAsync(RunningServer server)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Address.Host, server.Address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
