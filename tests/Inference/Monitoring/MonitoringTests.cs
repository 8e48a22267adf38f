using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Monitoring;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Monitoring;

public sealed class MonitoringTests
{
    private const string Raw = """[{"Torque [Nm]":35,"Wear, tool":120,"Type":"M"},{"Torque [Nm]":95,"Type":"Z"}]""";
    private const string Encoded = """{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[35,120,0,1,0]}]}""";
    private const string NotANumber = """[{"Torque [Nm]":"much","Wear, tool":120,"Type":"M"}]""";

    private static readonly TestModel Monitored = new(0) { Baseline = SampleBaseline.Value };

    [Test]
    public async Task CountsEveryProtocolAndWritesTotalsToTheStore()
    {
        await using var server = await RunningServer.WithModelAsync(Monitored, "Monitoring:Window=1.00:00:00", "Monitoring:PublishInterval=00:00:00.1");
        await SendAsync(server, "/invocations", Raw, HttpStatusCode.OK);
        await SendAsync(server, $"/v2/models/{ModelShop.Model}/infer", Encoded, HttpStatusCode.OK);
        await SendAsync(server, "/invocations", Raw, HttpStatusCode.OK, (SlipwayHeaders.Probe, "golden"));
        await SendAsync(server, "/invocations", NotANumber, HttpStatusCode.BadRequest);
        await SendAsync(server, "/invocations", NotANumber, HttpStatusCode.BadRequest, (SlipwayHeaders.Probe, "golden"));
        await Wait.ForAsync(async () => await WindowAsync(server) is { Rows: 3 } window && window.Columns[0].TypeFailures == 1, "the counts are in the store");
        var written = (await WindowAsync(server))!;
        await SendAsync(server, "/invocations", Raw, HttpStatusCode.OK);
        await server.StopAsync();
        var last = (await WindowAsync(server))!;

        Assert.That((written.Version, written.EncodedRows, written.Length), Is.EqualTo((1, 1, TimeSpan.FromDays(1))));
        Assert.That(written.Replicas, Is.EqualTo(new[] { "blue-1" }));
        Assert.That(written.Columns[0].Counts, Is.EqualTo(new[] { 0, 0, 2, 0, 0, 1 }));
        Assert.That(written.Columns[0].OutOfRange, Is.EqualTo(1));
        Assert.That(written.Columns[1].Missing, Is.EqualTo(1));
        Assert.That(written.Columns[2].Counts, Is.EqualTo(new[] { 0, 2, 0, 1 }));
        Assert.That(written.Output!.Counts.Sum(), Is.EqualTo(3));
        Assert.That(last.Rows, Is.EqualTo(5), "a server that stops writes what it has counted");
    }

    [Test]
    public async Task StoreThatIsAwayDelaysTheCountsAndNothingElse()
    {
        await using var server = await RunningServer.WithModelAsync(Monitored, "Monitoring:Window=1.00:00:00", "Monitoring:PublishInterval=00:00:00.1", "StoreTimeout=00:00:00.2");
        server.Store.Hang(StoreKeys.Monitoring);
        await SendAsync(server, "/invocations", Raw, HttpStatusCode.OK);
        await Wait.ForAsync(() => server.Store.Failures > 0, "a write hangs");
        await SendAsync(server, "/invocations", Raw, HttpStatusCode.OK);
        server.Store.Heal();

        await Wait.ForAsync(async () => await WindowAsync(server) is { Rows: 4 }, "all counts are in the store");
    }

    [Test]
    public async Task NothingIsCountedWhereNobodyWantsItOrTheArchiveHasNoBaseline([Values] bool enabled)
    {
        var version = enabled ? new TestModel(0) : Monitored;
        await using var server = await RunningServer.WithModelAsync(version, $"Monitoring:Enabled={enabled}", "Monitoring:PublishInterval=00:00:00.1");
        await SendAsync(server, "/invocations", Raw, HttpStatusCode.OK);

        Assert.That(server.App.Services.GetRequiredService<ModelMonitors>().All, Is.Empty);
    }

    private static async Task SendAsync(RunningServer server, string path, string body, HttpStatusCode expected, params (string, string)[] headers)
    {
        using var response = await server.PostAsync(path, body, headers: headers);
        Assert.That(response.StatusCode, Is.EqualTo(expected), await response.Content.ReadAsStringAsync());
    }

    private static async Task<DriftWindow?> WindowAsync(RunningServer server)
    {
        await foreach (var key in server.Inner.ListKeysAsync(StoreKeys.DriftWindows(ModelShop.Model)))
            return (await server.Inner.ReadAsync(key, RegistryJson.Default.DriftWindow))?.Value;
        return null;
    }
}
