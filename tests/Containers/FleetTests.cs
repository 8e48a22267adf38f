using System.Text.RegularExpressions;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Containers.Tests.Engine;
using Slipway.Containers.Tests.TestSystems;
using Slipway.EndToEnd.Tests;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Containers.Tests;

/// <summary>The local environment in containers, with the same commands as one of processes.</summary>
public sealed partial class FleetTests
{
    /// <summary>As the README has it.</summary>
    public const string Command = "./build.sh --target=Deploy --fleet=docker";

    private string _home = null!;
    private BuildHost _host = null!;
    private ServiceRecords _services = null!;

    private DirectoryObjectStore Store => new(Path.Combine(_home, "local", "store"));

    [SetUp]
    public void SetUp()
    {
        _home = Directory.CreateTempSubdirectory("slipway-fleet-").FullName;
        _host = new(_home);
        _services = new(new(Path.Combine(_home, "local")));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _host.Run("Stop");
        TestFolder.Remove(_home);
    }

    [Test]
    public async Task ContainersAndProcessesTakeOverFromEachOtherUnderTraffic()
    {
        var url = await DeployAsync(Command.Split(' ')[^1], "--port=0", "--Local_PrivatePort=0");
        var first = Containers();
        var manifest = await new ModelVersions(Store).GetAsync(TestSystem.Model, 1, CancellationToken.None);
        Assert.That(manifest!.Lineage.Environment.Image, Does.Match("^sha256:[0-9a-f]{64}$"), "a container trained it");
        var golden = await new GoldenSets(Store).ReadAsync(manifest, CancellationToken.None);
        await using var traffic = new Traffic(url, GoldenRequest.Of(golden.Inputs));
        await traffic.AnswersAsync("1", 20);

        TestSystem.Docker.Kill(first["blue"]!);
        await DeployAsync();
        var healed = Containers();
        Assert.That(healed["blue"], Is.Not.EqualTo(first["blue"]));
        Assert.That((healed["gateway"], healed["green"]), Is.EqualTo((first["gateway"], first["green"])), "unchanged services are not restarted");
        Assert.That(TestSystem.Docker.FindContainer(first["blue"]!), Is.Null, "its remains were removed");

        await DeployAsync("--fleet=processes");
        Assert.That(Containers()["gateway"], Is.Null);
        Assert.That(TestSystem.Docker.FindContainer(healed["gateway"]!), Is.Null);
        var status = await _host.Run("Status");
        Assert.That(status.Output, Does.Match("runs +process [0-9]+, release").And.Match("runs +container slipway-local-[0-9a-f]+-blue-"));

        await SucceedsAsync(_host.Run("Rollback", "--reason=back to the container"));
        await traffic.StopAsync();
        Assert.That(traffic.Lost, Is.Empty);

        var stopped = await SucceedsAsync(_host.Run("Stop"));
        Assert.That(stopped.Output, Does.Contain("(container "));
        Assert.That(healed.Values.Where(container => TestSystem.Docker.FindContainer(container!) is not null), Is.Empty);
    }

    private async Task<string> DeployAsync(params string[] arguments)
    {
        var run = await SucceedsAsync(_host.Run("Deploy", [.. arguments, .. StandInBases.Settings]));
        return Gateway().Match(run.Output).Groups[1].Value;
    }

    private static async Task<HostRun> SucceedsAsync(Task<HostRun> running)
    {
        var run = await running;
        Assert.That(run.ExitCode, Is.Zero, run.All);
        return run;
    }

    private Dictionary<string, string?> Containers() =>
        new[] { "gateway", "blue", "green" }.ToDictionary(name => name, name => _services.Find(name)?.Container);

    [GeneratedRegex(@"^Gateway: (http://127\.0\.0\.1:\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Gateway();
}
