using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Hosting;
using Slipway.Inference.Requests;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Inference.Tests.Replicas;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Slots;

public sealed class ServerReadinessTests
{
    private static readonly TestModel Good = new(0.5f);

    [TestCase(ArchiveFault.Truncated)]
    [TestCase(ArchiveFault.WrongDigest)]
    public async Task OneModelThatCannotBeLoadedTakesNoOtherWithIt(ArchiveFault fault)
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        await server.Shop.PublishAsync(Good, "valve", fault);
        await server.StartAsync();
        await server.ReadyAsync();
        await Wait.ForAsync(() => server.State("valve").Phase == ServedModelState.Failed, "the damaged one has failed");
        var heartbeat = await HeartbeatTests.WaitAsync(server, beat => beat.Ready);

        using var ready = await server.Client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
        using var ping = await server.Client.GetAsync(new Uri("/ping", UriKind.Relative));
        using var valve = await server.Client.GetAsync(new Uri("/v2/models/valve/ready", UriKind.Relative));
        using var pump = await server.InferAsync(Answers.Row);
        var json = await ready.JsonAsync();

        Assert.Multiple(() =>
        {
            Assert.That((ready.StatusCode, ping.StatusCode, valve.StatusCode, pump.StatusCode),
                Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK)));
            Assert.That((bool?)json["ready"], Is.True);
            Assert.That(json["reasons"], Is.Null);
            Assert.That((string?)json["gaps"]![0], Does.StartWith("Version 1 of 'valve' cannot be served: "));
            Assert.That(heartbeat.Models.Single(model => model.Model == "valve"),
                Has.Property(nameof(ServedModel.State)).EqualTo(ServedModelState.Failed).And.Property(nameof(ServedModel.Version)).Null);
        });
    }

    [Test]
    public async Task WaitsForModelsThatAreLoading()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        var valve = await server.Shop.PublishAsync(Good, "valve");
        server.Store.Fail(valve.Artifact.Key);
        await server.StartAsync();
        await server.ServingAsync(1);
        await Wait.ForAsync(() => server.State("valve").Postponed is not null, "the store did not deliver the other");
        Assert.That(Readiness(server).Obstacles().Single(), Does.StartWith("'valve' is waiting for the store"));

        server.Store.Heal();

        await server.ReadyAsync();
    }

    [Test]
    public async Task StaysReadyWhileANewVersionOfAFailedModelIsTried()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        await server.Shop.PublishAsync(Good, "valve", ArchiveFault.Truncated);
        await server.StartAsync();
        await server.ReadyAsync();
        var next = await server.Shop.RegisterAsync(Good with { Bias = 0.6f }, "valve");
        server.Store.Fail(next.Artifact.Key);
        await server.Shop.PointAsync(next.Version, "valve");
        await Wait.ForAsync(() => server.State("valve") is { Desired: 2, Postponed: not null }, "the next version is being fetched");

        Assert.That(Readiness(server).Ready);

        server.Store.Heal();
        await server.ServingAsync(2, "valve");
    }

    [Test]
    public async Task ADamagedChannelTakesNoOtherModelWithIt()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        using (var garbage = new MemoryStream("{\"version\":"u8.ToArray()))
            await server.Inner.PutAsync(StoreKeys.Channel("valve", Color.Blue), garbage, PutCondition.None);
        await server.StartAsync();

        await server.ReadyAsync();
    }

    [Test]
    public async Task IsNotReadyWhereNoModelCanBeLoaded()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good, fault: ArchiveFault.Truncated);
        await server.Shop.PublishAsync(Good, "valve", ArchiveFault.Truncated);
        await server.StartAsync();
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Failed && server.State("valve").Phase == ServedModelState.Failed, "both have failed");

        Assert.That(Readiness(server).Obstacles(), Has.Count.EqualTo(2).And.All.Contains("cannot be served"));
    }

    [Test]
    public async Task IsReadyUnderLoadAndNotWhereNothingComesThrough()
    {
        await using var server = await RunningServer.WithModelAsync(Good, "MaxConcurrency=1", "MaxQueue=1", "ComputeTimeout=00:00:00.1");
        var gate = server.App.Services.GetRequiredService<AdmissionGate>();
        await gate.EnterAsync(new DefaultHttpContext());
        var waits = server.InferAsync(Answers.Row);
        await Wait.ForAsync(() => gate.Waiting == 1, "a request waits for its turn");
        Assert.That(gate.Stalled, Is.LessThan(TimeSpan.FromSeconds(20)));

        await Wait.ForAsync(() => !Readiness(server).Ready, "the server says that nothing comes through");
        using (var ready = await server.Client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative)))
        using (var live = await server.Client.GetAsync(new Uri("/v2/health/live", UriKind.Relative)))
        {
            var json = await ready.JsonAsync();
            Assert.That((ready.StatusCode, live.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK)));
            Assert.That((string?)json["reasons"]![0], Does.Contain("No request came through").And.Contain("1 are waiting"));
            Assert.That((int?)json["waiting"], Is.EqualTo(1));
        }

        gate.Leave();

        using var answer = await waits;
        await server.ReadyAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static ServerReadiness Readiness(RunningServer server) => server.App.Services.GetRequiredService<ServerReadiness>();
}
