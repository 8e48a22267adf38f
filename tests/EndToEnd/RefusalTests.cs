using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Slipway.Registry.Manifests;

namespace Slipway.EndToEnd.Tests;

/// <summary>What cannot work says what happened and what to do, and changes nothing.</summary>
public sealed class RefusalTests
{
    private readonly LocalSystem _system = new();

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [TestCase("UDI,Type\n1,L\n", "Machine failure")]
    [TestCase("", "is empty")]
    public async Task DatasetThatCannotBeTrainedOnIsNamedWithItsFault(string csv, string fault)
    {
        var path = Path.Combine(_system.Home, "broken.csv");
        await File.WriteAllTextAsync(path, csv);
        var run = await _system.Run("Train", $"--dataset={path}");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain(fault).And.Not.Contain("   at "));
        Assert.That(await new ModelVersions(_system.Store).ListAsync(LocalSystem.Model, default).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task RefusedModelEndsWithThree()
    {
        var run = await _system.Run("Train", $"--dataset={_system.NoiseDataset()}");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.All, Does.Match("FAIL +metric averagePrecision"));
        Assert.That(await new ModelVersions(_system.Store).ListAsync(LocalSystem.Model, default).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task TreeWithChangesIsRefusedBeforeItIsPackagedForAPush()
    {
        var clone = await RepositoryClone.Of(BuildHost.Repository, Path.Combine(_system.Home, "changed"));
        await File.WriteAllTextAsync(clone.At("change.txt"), "in no commit");
        var run = await clone.Host(_system.Home).Run("PackageImages", "--target=PushImages", "--registry=127.0.0.1:9");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain("has uncommitted changes").And.Not.Contain("Package the model image").And.Not.Contain("docker"));
    }

    [Test]
    public async Task PortOfAnotherProgramIsNamed()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var run = await _system.Run("Deploy", $"--port={port}");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain($"Port {port}").And.Contain("--port="));
    }

    [Test]
    public async Task SecondCommandWhileOneRunsIsTurnedAway()
    {
        Directory.CreateDirectory(Path.Combine(_system.Folder, "run"));
        await using var held = new FileStream(
            Path.Combine(_system.Folder, "run", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var run = await _system.Run("Deploy");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain("Another command is changing this environment"));
    }

    [Test]
    public async Task PlaceThatCannotBeWrittenIsNamed()
    {
        var file = Path.Combine(_system.Home, "a-file");
        await File.WriteAllTextAsync(file, "");
        var run = await new BuildHost(Path.Combine(file, "below")).Run("Deploy");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain(file).And.Contain("SLIPWAY_HOME"));
    }

    [Test]
    public async Task FullDiskIsNamed()
    {
        using var probe = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "unshare -rm mount -t tmpfs -o size=1m none /mnt 2>/dev/null"]))!;
        await probe.WaitForExitAsync();
        if (probe.ExitCode != 0)
            Assert.Ignore("A small disk cannot be made here: unshare (package util-linux) needs a kernel that allows user namespaces, and mounts in them.");

        var disk = Path.Combine(_system.Home, "small-disk");
        Directory.CreateDirectory(disk);
        using var deploy = Process.Start(new ProcessStartInfo("unshare",
            ["-rm", "sh", "-c", $"mount -t tmpfs -o size=3m none {disk} && SLIPWAY_HOME={disk} dotnet {BuildHost.Assembly} --target=Deploy --exclusive --port=0"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await deploy.StandardOutput.ReadToEndAsync() + await deploy.StandardError.ReadToEndAsync();
        await deploy.WaitForExitAsync();

        Assert.That(deploy.ExitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain("No space left on device").And.Contain(disk).And.Not.Contain("   at "));
    }

    [TestCase("Trace", "--prediction=nonsense", 1, "is not a prediction id")]
    [TestCase("Rollback", "--to=7", 1, "has no version 7")]
    [TestCase("Train", "--model=nosuch", 2, "predictive-maintenance")]
    [TestCase("Train", "--dataset=no/such/file.csv", 2, "no/such/file.csv")]
    [TestCase("Train", "--dataset=training/models", 2, "is a folder")]
    public async Task WrongArgumentsAreNamed(string target, string argument, int exitCode, string message)
    {
        var run = await _system.Run(target, argument);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode));
        Assert.That(run.All, Does.Contain(message).And.Not.Contain("   at "));
    }
}
