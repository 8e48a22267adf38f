using Slipway.Build.Tests.Images.ContainerRegistry;
using Slipway.Containers.Tests.Engine;
using Slipway.Containers.Tests.TestSystems;
using Slipway.EndToEnd.Tests;

namespace Slipway.Containers.Tests;

/// <summary>The commands of the README's section on images, in their order, with stand-ins for base images, scanner and registry.</summary>
public sealed class ReadmeTests
{
    [Test]
    public async Task EveryCommandDoesWhatItSays()
    {
        using var registry = new DebianRegistry(asks: false);
        var commands = Readme.Commands().Where(told => told.Section == Readme.Images).Select(told => told.Command).ToList();
        Assert.That(commands[0], Is.EqualTo(FleetTests.Command), "the tests of the fleet run the first one");
        Assert.That(commands, Has.Count.EqualTo(4));

        // PushImages rejects uncommitted changes
        var isClean = (await Shell.RunAsync("git", "-C", BuildHost.Repository, "status", "--porcelain")).Length == 0;
        foreach (var command in commands.Skip(1).Where(command => isClean || !command.Contains("PushImages", StringComparison.Ordinal)))
            await RunAsync(command.Replace("127.0.0.1:5000", registry.Host.ToString(), StringComparison.Ordinal));
    }

    private static async Task RunAsync(string command)
    {
        var scanner = Path.Combine(BuildHost.Repository, "tests/Build/Images/Scanning/StandIn");
        // the feed of an air-gapped machine audits nothing
        var policy = Path.Combine(TestSystem.Folder, "scan-policy.json");
        await File.WriteAllTextAsync(
            policy, (await File.ReadAllTextAsync(Path.Combine(BuildHost.Repository, "build/scan-policy.json"))).Replace("\"noData\": \"fail\"", "\"noData\": \"warn\"", StringComparison.Ordinal));
        await Shell.RunAsync("env", [
            $"PATH={scanner}:{Environment.GetEnvironmentVariable("PATH")}", "CI=true", "bash", "-c",
            $"cd '{BuildHost.Repository}' && {command} --exclusive {string.Join(' ', StandInBases.Settings)} --Scan_Policy={policy}"]);
    }
}
