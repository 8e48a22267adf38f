using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Generations;
using Slipway.Inference.Residency;
using Slipway.Inference.Slots;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Channels;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Inference.Tests.Residency;

public sealed class ThousandModelsTests
{
    private const int Models = 1000;
    private const int Limit = 20;

    // every tenth, because each load takes a few milliseconds of a core
    private const int Requested = Models / 10;

    // rows of one, of eight and of 64, and the golden rows
    private const int BatchesOfAModel = 4;

    [Test]
    public async Task AServerWithRoomForTwentyAnswersForAThousandAndKeepsNoMoreThanTwenty()
    {
        await using var server = new RunningServer();
        await PublishAsync(server);
        await server.StartAsync($"MaxResidentModels={Limit}", "PollInterval=1", "DiscoveryInterval=600", "HeartbeatInterval=1");
        await server.ReadyAsync();
        Assert.That(LazyLoadingTests.Resident(server), Is.Empty);

        var catalog = server.App.Services.GetRequiredService<ModelCatalog>();
        var watch = server.App.Services.GetRequiredService<RunWatch>();
        var (most, statuses) = ((Resident: 0, Batches: 0), new Dictionary<HttpStatusCode, int>());
        for (var model = 0; model < Models; model += Models / Requested)
        {
            using var answer = await LazyLoadingTests.InferAsync(server, $"m{model}");
            statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
            most = (Math.Max(most.Resident, catalog.AnyOrder.Count(slot => slot.IsResident)), Math.Max(most.Batches, watch.Watched));
        }

        Assert.Multiple(() =>
        {
            Assert.That(statuses, Is.EqualTo(new Dictionary<HttpStatusCode, int> { [HttpStatusCode.OK] = Requested }));
            Assert.That(most.Resident, Is.EqualTo(Limit));
            Assert.That(most.Batches, Is.LessThanOrEqualTo((Limit + 1) * BatchesOfAModel), "of sessions that were evicted, nothing is left");
            Assert.That(server.App.Services.GetRequiredService<ResidentModels>().Evictions, Is.EqualTo(Requested - Limit));
        });
    }

    // without the catalog, which would be written anew for each of them
    private static async Task PublishAsync(RunningServer server)
    {
        var model = new TestModel(0.5f);
        var onnx = model.ToOnnx();
        var archive = await PackedArtifact.CreateAsync(onnx, model.ToGolden());
        await Parallel.ForAsync(0, Models, async (number, _) =>
        {
            var manifest = await server.Shop.RegisterAsync($"m{number}", TestModel.Schema, onnx, archive);
            await server.Shop.PointBlindlyAsync(manifest.Version, $"m{number}");
        });
        await new ChannelCatalogs(server.Inner).RepairAsync(Color.Blue, CancellationToken.None);
    }
}
