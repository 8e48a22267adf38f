using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Docker;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Docker;

public sealed class DockerToolTests
{
    private const string Id = "4c6c6ca5a731adb0f2a18bfdf1c7f503f1860b48a1b409062e778541c3d05631";

    private RecordingCakeContext _cake = new();

    private DockerTool Docker => new(_cake);

    [SetUp]
    public void StartFresh() => _cake = new RecordingCakeContext();

    [Test]
    public void RunsContainersAsTheyRunInProduction()
    {
        _cake.Answer(0, "WARNING: something", Id);

        var id = Docker.Start(new("slipway/model:1", "serve", "--Color=blue")
        {
            Name = "blue",
            Network = "host",
            MemoryLimit = 256,
            Environment = new Dictionary<string, string> { ["SLIPWAY_Key"] = "secret" },
            Mounts = [new("/srv/store", "/store"), new("/srv/keys", "/keys", ReadOnly: true)],
            Ports = ["127.0.0.1:8080:8080"],
        });

        Assert.That(id, Is.EqualTo(Id));
        Assert.That(_cake.CommandLines.Single(), Is.EqualTo(
            "docker run --cap-drop \"ALL\" --detach --env \"SLIPWAY_Key\" --memory \"256m\" --memory-swap \"256m\""
            + " --mount \"type=bind,source=/srv/store,target=/store\" --mount \"type=bind,source=/srv/keys,target=/keys,readonly\""
            + " --name \"blue\" --network \"host\" --pids-limit 512 --publish \"127.0.0.1:8080:8080\" --read-only --security-opt \"no-new-privileges\""
            + " --tmpfs \"/tmp:rw,nosuid,nodev,noexec,mode=1777\" slipway/model:1 \"serve\" \"--Color=blue\""));
    }

    [Test]
    public void HandsValuesOverInTheEnvironmentAndNeverOnTheCommandLine()
    {
        _cake.Answer(0, Id);

        Docker.Start(new("a:1") { Environment = new Dictionary<string, string> { ["SLIPWAY_Key"] = "hunter2" } });

        Assert.That(_cake.CommandLines.Single(), Does.Not.Contain("hunter2"));
        Assert.That(_cake.EnvironmentVariables.Single()["SLIPWAY_Key"], Is.EqualTo("hunter2"));
    }

    [Test]
    public void MountsWhatHasCommasAndQuotesInItsName()
    {
        _cake.Answer(0, Id);

        Docker.Start(new("a:1") { Mounts = [new("/srv/a, b", "/\"c\"")], Labels = new Dictionary<string, string> { ["folder"] = "/\"c\"" } });

        Assert.That(_cake.CommandLines.Single(), Does.Contain(
            """--label "folder=/\"c\"" --mount "type=bind,\"source=/srv/a, b\",\"target=/\"\"c\"\"\"" """));
    }

    [Test]
    public void RefusesAVariableThatTheClientWouldTakeForItsOwn() =>
        Assert.That(
            () => Docker.Start(new("a:1") { Environment = new Dictionary<string, string> { ["DOCKER_HOST"] = "x" } }), Throws.ArgumentException);

    [Test]
    public void ClientThatIsThereAndCannotBeExecutedIsNamedAsOneThatIsMissing()
    {
        _cake.CanStart = false;

        Assert.That(() => Docker.RequireEngine(), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("The Docker client cannot be started. Install Docker"));
    }

    [Test]
    public void RemovesAContainerThatRanToItsEnd()
    {
        _cake.Answer(3);

        Assert.That(Docker.Run(new("a:1", "train") { Name = "job" }), Is.EqualTo(3));
        Assert.That(_cake.CommandLines[^1], Is.EqualTo("docker rm --force --volumes job"));
    }

    [Test]
    public void DistinguishesAContainerThatNeverRanFromOneThatFailed()
    {
        _cake.Answer(125, "docker: Error response from daemon: no such file");

        Assert.That(() => Docker.Run(new("a:1")), Throws.TypeOf<SlipwayException>().With.Message.Contains("docker run a:1 failed"));
    }

    [Test]
    public void SaysUnderWhichDigestARegistryHasAnImage()
    {
        _cake.Answer(0, "The push refers to repository [r/a]", $"1: digest: sha256:{Id} size: 1234");

        Assert.That(Docker.Push("r/a:1", "/credentials"), Is.EqualTo($"sha256:{Id}"));
        Assert.That(_cake.EnvironmentVariables.Single()["DOCKER_CONFIG"], Is.EqualTo("/credentials"));
    }

    [Test]
    public void ReadsAnImage()
    {
        _cake.Answer(0, $$$"""{"Id":"sha256:{{{Id}}}","Size":12,"RepoTags":["a:1"],"RepoDigests":null,"Config":{"User":"1654","Labels":{"k":"v"},"Entrypoint":null,"Cmd":["serve"],"Env":["A=b"]} }""");

        var image = Docker.FindImage("a:1")!;

        Assert.That((image.Id, image.Size, image.User), Is.EqualTo(($"sha256:{Id}", 12L, "1654")));
        Assert.That(image.Labels["k"], Is.EqualTo("v"));
        Assert.That(image.RepoDigests, Is.Empty);
        Assert.That(image.Command, Is.EqualTo(new[] { "serve" }));
    }

    [Test]
    public void ReadsWhatBecameOfAContainer()
    {
        _cake.Answer(0, $$$"""{"Id":"{{{Id}}}","Name":"/job","Image":"sha256:1","State":{"Status":"exited","Running":false,"OOMKilled":true,"ExitCode":137,"Error":"","StartedAt":"2026-01-02T03:04:05.678901234Z"},"Config":{"Labels":null} }""");

        var container = Docker.FindContainer("job")!;

        Assert.That((container.Name, container.Status, container.ExitCode, container.OutOfMemory, container.Health), Is.EqualTo(("job", "exited", 137, true, (string?)null)));
        Assert.That(container.StartedAt, Is.EqualTo(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)).Within(TimeSpan.FromSeconds(1)));
    }

    [TestCase("Error: No such image: a:1")]
    [TestCase("Error response from daemon: No such image: a:1")]
    public void FindsNoImageThatIsNotThere(string said)
    {
        _cake.Answer(1, "[]", said);

        Assert.That(Docker.FindImage("a:1"), Is.Null);
    }

    [TestCase("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "The Docker engine does not respond", "DOCKER_HOST")]
    [TestCase("permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock", "has no access to the Docker engine", "group 'docker'")]
    [TestCase("write /x: no space left on device", "disk is full", "docker system prune")]
    public void SaysWhatIsWrongWithTheEngineAndWhatToDo(string said, string what, string todo)
    {
        _cake.Answer(1, said);

        Assert.That(() => Docker.RequireEngine(), Throws.TypeOf<SlipwayException>().With.Message.Contains(what).And.Message.Contains(said).And.Message.Contains(todo));
    }

    [Test]
    public void RefusesAnEngineForWindowsContainers()
    {
        _cake.Answer(0, "windows/amd64");

        Assert.That(() => Docker.RequireEngine(), Throws.TypeOf<SlipwayException>().With.Message.Contains("Switch to Linux containers"));
    }

    [Test]
    public void SaysHowToGetAClient()
    {
        _cake.HasTools = false;

        Assert.That(() => Docker.RequireEngine(), Throws.TypeOf<SlipwayException>().With.Message.Contains("Install Docker"));
    }

    [TestCase("Get \"https://mcr.microsoft.com/v2/\": dial tcp: lookup mcr.microsoft.com: no such host", "cannot be reached")]
    [TestCase("manifest for mcr.microsoft.com/dotnet/aspnet:nope not found: manifest unknown", "The base image does not exist")]
    [TestCase("ERROR: failed to solve: mcr.microsoft.com/dotnet/aspnet:nope: not found", "The base image does not exist")]
    public void NamesTheSettingThatOverridesABaseImage(string said, string what)
    {
        _cake.Answer(0, "linux/amd64");
        _cake.Answer(1, "Step 1/9 : FROM x", said);

        Assert.That(() => Docker.Build(Build), Throws.TypeOf<SlipwayException>().With.Message.Contains(what).And.Message.Contains("--Images_RuntimeImage"));
    }

    [Test]
    public void ShowsTheWholeOutputOfABuildThatFailedForAnotherReason()
    {
        _cake.Answer(0, "linux/amd64");
        _cake.Answer(1, "Step 3/9 : COPY packages/ /app/", "COPY failed: file does not exist");

        Assert.That(() => Docker.Build(Build), Throws.TypeOf<SlipwayException>().With.Message.Contains("COPY failed").And.Message.Contains("Step 3/9"));
    }

    [TestCase("linux/amd64", "linux/amd64", "")]
    [TestCase("linux/arm64", "linux/amd64", " --platform \"linux/amd64\"")]
    [TestCase("linux/arm64", "linux/arm64", "")]
    [TestCase("linux/amd64", "linux/arm64", " --platform \"linux/arm64\"")]
    public void BuildsForOnePlatformEverywhere(string engine, string wanted, string platform)
    {
        _cake.Answer(0, engine);

        Docker.Build(Build with { Platform = ImagePlatform.Named(wanted) });

        Assert.That(_cake.CommandLines[^1], Is.EqualTo(
            $"docker image build --build-arg \"RUNTIME_IMAGE=b:1\" --file \"/r/Dockerfile\" --force-rm --label \"title=says \\\"hi\\\"\"{platform} --tag \"a:1\" \"/context\""));
    }

    [Test]
    public void KeepsAnImageThatSomethingUses()
    {
        _cake.Answer(1, "Error response from daemon: conflict: unable to delete 4c6c (must be forced) - image is being used by stopped container 1");

        Assert.That(Docker.RemoveImage("4c6c"), Is.False);
    }

    [Test]
    public void StartsNothingOnceItIsStopped() =>
        Assert.That(() => new DockerTool(_cake, new CancellationToken(canceled: true)).RequireEngine(), Throws.InstanceOf<OperationCanceledException>());

    private static ImageBuild Build => new(
        "/context", "/r/Dockerfile", "a:1", new Dictionary<string, string> { ["RUNTIME_IMAGE"] = "b:1", ["LIBRARIES_IMAGE"] = "" },
        new Dictionary<string, string> { ["title"] = "says \"hi\"" }, ImagePlatform.X64);
}
