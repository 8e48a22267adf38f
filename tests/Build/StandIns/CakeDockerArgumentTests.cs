using Cake.Docker;
using Slipway.Build.Tests.Tools;

namespace Slipway.Build.Tests.StandIns;

/// <summary>
/// How settings become arguments, official or not: with the official packages in use these tests run against them,
/// and so hold the stand-in to their behavior.
/// </summary>
public sealed class CakeDockerArgumentTests
{
    private RecordingCakeContext _cake = new();

    private string Said => _cake.CommandLines.Single();

    [SetUp]
    public void StartFresh() => _cake = new RecordingCakeContext();

    [Test]
    public void NamesEachSwitchAfterItsPropertyInTheOrderOfTheirNames()
    {
        _cake.DockerBuild(
            new DockerImageBuildSettings
            {
                Tag = ["a:1", "b:2"],
                Label = ["k=v w"],
                BuildArg = ["X=1"],
                File = "/r/Dockerfile",
                ForceRm = true,
                NoCache = false,
                Platform = "linux/amd64",
            },
            "/context");

        Assert.That(Said, Is.EqualTo(
            "docker image build --build-arg \"X=1\" --file \"/r/Dockerfile\" --force-rm --label \"k=v w\" --platform \"linux/amd64\" --tag \"a:1\" --tag \"b:2\" \"/context\""));
    }

    [Test]
    public void WritesTrueOrFalseIfASwitchIsOnByDefault()
    {
        _cake.DockerBuild(new DockerImageBuildSettings { Rm = false }, "\"/quoted already\"");

        Assert.That(Said, Is.EqualTo("docker image build --rm=False \"/quoted already\""));
    }

    [Test]
    public void RunsAWordWithItsArguments()
    {
        _cake.DockerRunWithoutResult(
            new DockerContainerRunSettings { CapDrop = ["ALL"], Detach = true, PidsLimit = 64, ReadOnly = true, Tmpfs = ["/tmp:rw"], User = "" }, "image:1", "train", "--root=/x");

        Assert.That(Said, Is.EqualTo("docker run --cap-drop \"ALL\" --detach --pids-limit 64 --read-only --tmpfs \"/tmp:rw\" image:1 train --root=/x"));
    }

    [Test]
    public void LeavesOutTheArgumentsOfNoWord()
    {
        _cake.DockerRun(new DockerContainerRunSettings(), "image:1", "", "lost");

        Assert.That(Said, Is.EqualTo("docker run image:1"));
    }

    [Test]
    public void GivesTheFirstLineOfARun()
    {
        _cake.Answer(0, "first", "second");

        Assert.That(_cake.DockerRun(new DockerContainerRunSettings(), "image:1", ""), Is.EqualTo("first"));
    }

    // the reason why DockerTool keeps its own time-outs
    [Test]
    public void TakesATimeOutOfCakesForASwitch()
    {
        _cake.DockerPush(new DockerImagePushSettings { ToolTimeout = new TimeSpan(26, 3, 4) }, "r/a:1");

        Assert.That(Said, Is.EqualTo("docker push --tool-timeout 26h3m4s r/a:1"));
    }

    [Test]
    public void NamesEveryOtherCommandAsDockerDoes()
    {
        _cake.DockerTag("a:1", "b:2");
        _cake.DockerPull(new DockerImagePullSettings { Platform = "linux/amd64" }, "a:1");
        _cake.DockerSave(new DockerImageSaveSettings { Output = "/x.tar" }, "a:1", "b:2");
        _cake.DockerRemove(new DockerImageRemoveSettings { Force = true }, "a:1");
        _cake.DockerStop(new DockerContainerStopSettings { Time = 10 }, "c");
        _cake.DockerRm(new DockerContainerRmSettings { Force = true, Volumes = true }, "c");
        _cake.DockerLogs(new DockerContainerLogsSettings { Tail = "5" }, "c");
        _cake.DockerCustomCommand(new DockerCustomCommandSettings(), "image inspect a:1");

        Assert.That(_cake.CommandLines, Is.EqualTo(new[]
        {
            "docker tag a:1 b:2",
            "docker pull --platform \"linux/amd64\" a:1",
            "docker save --output \"/x.tar\" a:1 b:2",
            "docker rmi --force a:1",
            "docker stop --time 10 c",
            "docker rm --force --volumes c",
            "docker logs --tail \"5\" c",
            "docker image  inspect a:1",
        }));
    }
}
