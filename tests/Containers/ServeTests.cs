using System.Net.Sockets;
using System.Text;
using Slipway.Containers.Tests.TestSystems;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Containers.Tests;

/// <summary>The model image with the word 'serve'.</summary>
public sealed class ServeTests
{
    private Server _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await Server.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task AnswersAsTheModelDidWhereItWasTrained() => await _server.CheckGoldenPredictionsAsync();

    [Test]
    public async Task ReportsItsHealthWithItsOwnSwitch()
    {
        Assert.That(await _server.Container.ExecuteAsync("serve", "--health=/v2/health/ready"), Is.Zero);
        Assert.That(await _server.Container.ExecuteAsync("serve", "--health=/v2/models/nope/ready"), Is.EqualTo(1));
        Assert.That(await _server.Container.ExecuteAsync("dotnet", "/app/Slipway.Inference.dll", $"--health={_server.Url}/v2/health/ready"), Is.Zero);
    }

    [Test]
    public async Task IsHealthyToItsEngine() => await Wait.ForAsync(
        () => _server.Container.State.Health == "healthy", () => $"the engine finds it healthy, not {_server.Container.State.Health}.");

    [Test]
    public async Task SwapsToTheNextVersionUnderTrafficAndLosesNothing()
    {
        await using var server = await Server.StartAsync("green", memory: 320);
        var manifest = await new ModelVersions(TestSystem.Store.Objects).GetAsync(TestSystem.Model, 1, CancellationToken.None);
        var golden = await new GoldenSets(TestSystem.Store.Objects).ReadAsync(manifest!, CancellationToken.None);
        await using var traffic = new Traffic(server.Url, GoldenRequest.Of(golden.Inputs));
        await traffic.AnswersAsync("1", 50);

        Assert.That((await TestSystem.Store.TrainAsync(seed: 4)).Result, Is.EqualTo(TrainingResult.Registered));
        await traffic.AnswersAsync("2", 50);
        await traffic.StopAsync();

        Assert.That(traffic.Lost, Is.Empty);
        Assert.That(traffic.Versions, Is.EqualTo(new[] { "1", "2" }));
        Assert.That(server.Container.State is { Running: true, OutOfMemory: false }, "it runs within its memory limit");
    }

    [Test]
    public async Task AnswersWhatItHasBegunWhenItIsToldToEnd()
    {
        await using var server = await Server.StartAsync();
        var url = new Uri(server.Url);
        using var connection = new TcpClient();
        await connection.ConnectAsync(url.Host, url.Port);
        await using var stream = connection.GetStream();
        const string body = "Type,Air temperature [K],Process temperature [K],Rotational speed [rpm],Torque [Nm],Tool wear [min]\nM,298.1,308.6,1551,42.8,0\n";
        await SendAsync($"POST /invocations?model={TestSystem.Model} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\nContent-Length: {body.Length}\r\n\r\n{body[..40]}");

        var stopping = Task.Run(() => TestSystem.Docker.Stop(server.Container.Id, TimeSpan.FromSeconds(30)));
        await Wait.ForAsync(async () => (await TestSystem.Store.HeartbeatAsync(server.Replica))?.Draining == true, () => "the server drains.");
        await SendAsync(body[40..]);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync();
        await stopping;

        Assert.That(answer, Does.StartWith("HTTP/1.1 200").And.Contain("predictions"));
        Assert.That(server.Container.State.ExitCode, Is.Zero);

        async Task SendAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
    }

    [Test]
    public async Task SaysInOneLineWhatItLacks()
    {
        await using var container = Container.Start(Container.Restricted(TestSystem.ModelImage));

        Assert.That((await container.EndAsync()).ExitCode, Is.EqualTo(2));
        Assert.That(container.Logs, Does.StartWith("Error: Store is not set"));
    }
}
