using System.Net.Http.Json;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Images;
using Slipway.Containers.Tests.TestSystems;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Containers.Tests;

/// <summary>The gateway image in front of a server out of the model image.</summary>
public sealed class GatewayTests
{
    [Test]
    public async Task LeadsCallersToTheServer()
    {
        var (url, privateUrl) = ($"http://127.0.0.1:{Ports.Required(0)}", $"http://127.0.0.1:{Ports.Required(0)}");
        await using var server = await Server.StartAsync();
        await using var gateway = Container.Start(Container.Restricted(TestSystem.Release[ImageName.Gateway].Local) with
        {
            MemoryLimit = 256,
            Mounts = [new(TestSystem.Store.Folder, "/store")],
            Environment = new Dictionary<string, string> { ["SLIPWAY_Store"] = "/store", ["SLIPWAY_Url"] = url, ["SLIPWAY_PrivateUrl"] = privateUrl },
        });
        await Wait.ForAsync(async () => await gateway.ExecuteAsync("/app/Slipway.Gateway", "--health=/api/status") == 0, () => $"the gateway is healthy.\n{gateway.Logs}");

        var manifest = await new ModelVersions(TestSystem.Store.Objects).GetAsync(TestSystem.Model, 1, CancellationToken.None);
        var golden = await new GoldenSets(TestSystem.Store.Objects).ReadAsync(manifest!, CancellationToken.None);
        using var http = DirectHttpClient.Create(TimeSpan.FromSeconds(20));
        HttpResponseMessage? answer = null;
        await Wait.ForAsync(
            async () => (answer = await http.PostAsJsonAsync($"{url}/v2/models/{TestSystem.Model}/infer", GoldenRequest.Of(golden.Inputs), TestContextJson.Options)).IsSuccessStatusCode,
            () => $"the gateway returns 200, not {answer?.StatusCode}.\n{gateway.Logs}");

        Assert.That(answer!.Headers.GetValues(SlipwayHeaders.Color), Is.EqualTo(new[] { "blue" }));
        TestSystem.Docker.Stop(gateway.Id, TimeSpan.FromSeconds(20));
        Assert.That(gateway.State.ExitCode, Is.Zero);
    }
}
