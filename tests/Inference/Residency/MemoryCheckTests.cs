using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Hosting;
using Slipway.Inference.Residency;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Residency;

/// <summary>Servers in a container whose memory limit and use the test determines.</summary>
[Platform("Linux")]
public sealed class MemoryCheckTests
{
    private const long Mebibyte = 1 << 20;

    private static readonly TestModel Good = new(0.5f);

    private DirectoryInfo _kernel = null!;

    [SetUp]
    public void CreateFolder()
    {
        _kernel = Directory.CreateTempSubdirectory("slipway-memory-");
        Write("proc/meminfo", "MemTotal:  64000000 kB\nMemAvailable:  64000000 kB\n");
        Write("proc/self/cgroup", "0::/\n");
    }

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_kernel);

    [Test]
    public async Task QuarantinesAVersionThatCanNeverFitWithTheFigure()
    {
        Contain(limit: 66, used: 0);
        await using var server = Server();
        await server.Shop.PublishAsync(Good);
        await server.StartAsync("RetryAfter=00:10:00", "RetryAtMost=00:10:00");
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Failed, "the version is quarantined");

        Assert.That(server.State().Quarantined.Single().Reason, Does.Match(@"^Loading it takes about 4\.?\d* MiB of memory, but this server has 66 MiB in total, of which 64 MiB are reserved"));
        Assert.That(server.State().Postponed, Is.Null);
    }

    [Test]
    public async Task PostponesAVersionThatDoesNotFitNowAndServesTheOthers()
    {
        Contain(limit: 512, used: 10);
        await using var server = Server();
        await server.Shop.PublishAsync(Good);
        await server.StartAsync();
        await server.ReadyAsync();
        Contain(limit: 512, used: 447);
        await server.Shop.PublishAsync(Good with { Bias = 0.6f });
        await server.Shop.PublishAsync(Good, "valve");
        await Wait.ForAsync(() => server.State() is { Postponed: not null } && server.State("valve").Postponed is not null, "they do not fit");
        using var answer = await server.InferAsync(Answers.Row);

        Assert.Multiple(() =>
        {
            Assert.That(server.State().Postponed!.Reason, Does.Match(@"takes about 4\.?\d* MiB of memory, but 65 MiB are available"));
            Assert.That((server.State().Phase, server.State().Quarantined), Is.EqualTo((ServedModelState.Swapping, Array.Empty<object>())));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(server.App.Services.GetRequiredService<ServerReadiness>().Ready, "a shortage may last, and concerns no other model");
            Assert.That(server.App.Services.GetRequiredService<ServerReadiness>().Gaps(), Has.Count.EqualTo(2).And.All.Contains("is waiting for memory: Loading it takes about"));
        });

        Contain(limit: 512, used: 10);
        await server.ServingAsync(2);
        await server.ServingAsync(1, "valve");
    }

    [Test]
    public async Task LoadsWhateverItTakesWhereMemoryIsNotChecked()
    {
        Contain(limit: 66, used: 66);
        await using var server = Server();
        await server.Shop.PublishAsync(Good);
        await server.StartAsync("CheckMemory=false");

        await server.ServingAsync(1);
    }

    [Test]
    public async Task KeepsModelsWithinTheirMemory()
    {
        var each = MemoryEstimate.Of(Good.ToOnnx().Length, 0, 0).Resident;
        await using var server = await LazyLoadingTests.WithModelsAsync(4, $"MaxModelMemory={(each * 5 / 2).ToString(CultureInfo.InvariantCulture)}");
        foreach (var model in new[] { "m0", "m1", "m2", "m3" })
            using (var answer = await LazyLoadingTests.InferAsync(server, model))
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(LazyLoadingTests.Resident(server), Is.EqualTo(new[] { "m2", "m3" }));
    }

    [Test]
    public async Task LoadsABoundedNumberOfModelsAtOnce()
    {
        await using var server = new RunningServer();
        for (var model = 0; model < 6; model++)
            await server.Shop.PublishAsync(Good, $"m{model}");
        server.Store.Hang("training-jobs/");
        await server.StartAsync("MaxConcurrentLoads=2");
        await Wait.ForAsync(() => server.App.Services.GetRequiredService<ModelLoads>().Waiting == 4, "four wait for their turn");

        Assert.That(Enumerable.Range(0, 6).Sum(model => server.Store.ReadsOf(StoreKeys.TrainingArtifact($"m{model}-0123456789ab-a{model + 1}"))), Is.EqualTo(2));

        server.Store.Heal();
        await server.ReadyAsync();
        Assert.That(LazyLoadingTests.Resident(server), Has.Count.EqualTo(6));
    }

    private RunningServer Server() => new() { Replace = services => services.AddSingleton(new MachineMemory(_kernel.FullName)) };

    private void Contain(long limit, long used)
    {
        Write("sys/fs/cgroup/memory.max", $"{limit * Mebibyte}\n");
        Write("sys/fs/cgroup/memory.current", $"{used * Mebibyte}\n");
    }

    // readers see the old or the new content
    private void Write(string file, string content)
    {
        var path = Path.Combine(_kernel.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }
}
