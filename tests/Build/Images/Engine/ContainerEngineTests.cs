using System.Diagnostics;
using System.Globalization;
using Slipway.Build.Tests.Tools;
using Slipway.Containers.Tests.Engine;

namespace Slipway.Build.Tests.Images.Engine;

/// <summary>An engine that is there and cannot work is one that is missing: the container tests are skipped, and say how to get one.</summary>
[NonParallelizable]
[Platform(Exclude = "Win", Reason = "The engines are shell scripts.")]
public sealed class ContainerEngineTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly RecordingCakeContext _cake = new();
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-engine-").FullName;

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_folder);

    [Test]
    public async Task IsTheOneThatAnswers()
    {
        _cake.Answer(0, "linux/amd64");

        await using (await ContainerEngine.StartPrivateAsync(new(_cake), Script("exec sleep 600"), _folder, Moment))
            Assert.That(Environment.GetEnvironmentVariable("DOCKER_HOST"), Is.EqualTo($"unix://{_folder}/docker.sock"));

        Assert.That(Environment.GetEnvironmentVariable("DOCKER_HOST"), Is.Null);
    }

    [Test]
    public void IsMissingWhereItCannotBeExecuted()
    {
        var program = Path.Combine(_folder, "dockerd");
        File.WriteAllText(program, "");

        Assert.That(
            () => ContainerEngine.StartPrivateAsync(new(_cake), program, _folder, Moment),
            Throws.TypeOf<IgnoreException>().With.Message.StartsWith("A private engine cannot be started here. ").And.Message.Contains(".ci/install"));
    }

    [Test]
    public void IsMissingWhereItEndsAtItsStart() => Assert.That(
        () => ContainerEngine.StartPrivateAsync(new(_cake), Script("echo 'failed to mount overlay: operation not permitted' >&2; exit 1"), _folder, TimeSpan.FromMinutes(1)),
        Throws.TypeOf<IgnoreException>().With.Message.Contains("It ended with exit code 1").And.Message.Contains("operation not permitted").And.Message.Contains(".ci/install"));

    [Test]
    public void IsMissingWhereItHangsAndIsKilledWhereItDoesNotEnd()
    {
        Assert.That(
            () => ContainerEngine.StartPrivateAsync(new(_cake), Script($"trap '' TERM; echo $$ > {_folder}/number; while :; do sleep 0.05; done"), _folder, Moment),
            Throws.TypeOf<IgnoreException>().With.Message.Contains("It did not answer within 1 s").And.Message.Contains(".ci/install"));
        var number = int.Parse(File.ReadAllText(Path.Combine(_folder, "number")), CultureInfo.InvariantCulture);
        Assert.That(() => Process.GetProcessById(number), Throws.ArgumentException);
    }

    [Test]
    public void IsMissingWhereItAnswersAndCannotStartAContainer()
    {
        _cake.Answer(125, "docker: Error response from daemon: OCI runtime create failed: unable to apply cgroup configuration: permission denied.");

        Assert.That(
            () => ContainerEngine.RequireContainers(new(_cake), new("base", "true")),
            Throws.TypeOf<IgnoreException>().With.Message.StartsWith("The Docker engine responds, but cannot run a container. ").And.Message.Contains("permission denied").And.Message.Contains(".ci/install"));
    }

    [Test]
    public void IsMissingWhereWhatRunsInAContainerFails()
    {
        _cake.Answer(126);

        Assert.That(
            () => ContainerEngine.RequireContainers(new(_cake), new("base", "true")),
            Throws.TypeOf<IgnoreException>().With.Message.Contains("'base true' ended with exit code 126."));
    }

    [Test]
    public void IsGoodWhereAContainerRuns() => Assert.That(() => ContainerEngine.RequireContainers(new(_cake), new("base", "true")), Throws.Nothing);

    private string Script(string script)
    {
        var file = Path.Combine(_folder, "dockerd");
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
