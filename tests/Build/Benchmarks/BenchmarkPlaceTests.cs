using Slipway.Benchmarks;
using Slipway.Benchmarks.Contestants;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class BenchmarkPlaceTests
{
    private readonly LocalFolderFixture _fixture = new();

    [OneTimeTearDown]
    public void DeleteFolder() => _fixture.Dispose();

    [Test]
    public async Task EndsWhatAKilledBenchmarkLeftRunningAndLeavesNothingItself()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Needs a shell to start a program that waits.");
        var (root, time) = (Path.Combine(_fixture.Root, BenchmarkRequest.EnvironmentName), TimeProvider.System);
        var left = new LocalFolders(root);
        Directory.CreateDirectory(left.Store);
        var host = new ProcessHost(left, time);
        var service = host.Start("floor", "release", ["/bin/sh", "-c", "read line < /dev/zero"], root, new Dictionary<string, string>());
        new ServiceRecords(left).Save(service);
        Assert.That(host.IsRunning(service), Is.True);

        await using (var place = await BenchmarkPlace.OpenAsync("Benchmark", root, () => Open(root, time), time))
        {
            Assert.That(host.IsRunning(service), Is.False);
            Assert.That(Directory.Exists(place.Environment.Folders.Store), Is.False, "the store of the one before");
            Assert.That(() => BenchmarkPlace.OpenAsync("Benchmark", root, () => Open(root, time), time), Throws.InstanceOf<SlipwayException>().With.Message.Contains("Benchmark"), "one at a time");
        }

        Assert.That(Directory.Exists(root), Is.False);
    }

    [Test]
    public async Task TakesAContestantThatCannotBeStartedHereForMissing([Values("no-such-program-anywhere", "false")] string command)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Needs the program 'false'.");
        using var host = new ContestantHost(_fixture.Folders, TimeSpan.FromSeconds(1), TimeProvider.System);
        var program = new ContestantProgram("Peer", "peer", [command], "install it", (_, _) => throw new InvalidOperationException("It must not be started."));

        Assert.That(await host.StartAsync(program, new("/invocations", "{}"), CancellationToken.None), Is.EqualTo(new MissingContestant("Peer", "install it")));
    }

    [Test]
    public void SaysWhatAContestantPrintedThatEndsAtOnce()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Needs a shell.");
        using var host = new ContestantHost(_fixture.Folders, TimeSpan.FromSeconds(10), TimeProvider.System);
        var program = new ContestantProgram("Peer", "broken-peer", Proof: null, "", (_, _) => ["/bin/sh", "-c", "echo no such library; exit 1"]);

        Assert.That(
            () => host.StartAsync(program, new("/invocations", "{}"), CancellationToken.None),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains("Peer did not start").And.Message.Contains("no such library"));
    }

    private static LocalEnvironment Open(string root, TimeProvider time) => new(
        root, new(Port: 0, "m", new(0, 0, TimeSpan.FromSeconds(1)), InContainers: false), LocalFolderFixture.NoEngine, time);
}
