using System.Net;
using Amazon.ECR;
using Amazon.ECR.Model;
using Slipway.Automation.Tests.Aws;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Aws;

[Category("Sdk")]
public sealed class AwsReleaseTests
{
    private static readonly ImageTag Tag = new("1.2.3", new(RegisteredModel.Commit, Dirty: false));

    private readonly StringWriter _output = new();
    private LocalFolderFixture _fixture = null!;
    private DirectoryObjectStore _store = null!;
    private FakeEcr _ecr = null!;
    private int _published;

    [SetUp]
    public void Start()
    {
        _fixture = new();
        _store = new(_fixture.Folders.Store, TimeProvider.System);
        (_ecr, _published) = (new(), 0);
    }

    [TearDown]
    public void Stop() => _fixture.Dispose();

    [Test]
    public async Task ImagesThatAreThereNeedNoEngine()
    {
        _ecr.Add("model", "gateway");
        var images = await RequireAsync();

        Assert.That(_published, Is.Zero);
        Assert.That(images.Model.Uri, Is.EqualTo("1.dkr.ecr.x.amazonaws.com/shore/model@digest of shore/model:1.2.3-0123456789ab"));
        Assert.That(images.Gateway.Repository, Is.EqualTo("1.dkr.ecr.x.amazonaws.com/shore/gateway"));
        var known = await _store.ReadAsync("releases/1.2.3-0123456789ab.json", StoredReleaseJson.Default.StoredRelease);
        Assert.That(known!.Value.Images.Select(image => image.Digest), Is.EqualTo(new[] { images.Model.Digest, images.Gateway.Digest }));
        Assert.That(known.Value.Images[0].Sbom, Is.EqualTo("digest of shore/model:1.2.3-0123456789ab.sbom"));
    }

    [TestCase]
    [TestCase("model")]
    public async Task ImagesThatAreMissingArePushedFirst(params string[] there)
    {
        _ecr.Add(there);
        await RequireAsync();

        Assert.That(_published, Is.EqualTo(1));
    }

    [Test]
    public void RefusalOfTheScanStopsTheDeployment()
    {
        Assert.That(() => RequireAsync(new RefusedException("2 critical.")), Throws.TypeOf<RefusedException>());
        Assert.That(Directory.Exists(_fixture.Folders.Store), Is.False, "nothing is recorded");
    }

    [Test]
    public async Task EvidenceThatIsMissingIsTold()
    {
        _ecr.Add("model", "gateway");
        _ecr.Tags.Remove($"shore/gateway:{Tag}.provenance");
        await RequireAsync();

        Assert.That(_output.ToString(), Does.Contain($"shore/gateway:{Tag} lacks provenance").And.Not.Contain("shore/model:1.2.3-0123456789ab lacks"));
    }

    [Test]
    public async Task WhatWasTestedIsWhatIsDeployed()
    {
        _ecr.Add("model", "gateway");
        var images = await RequireAsync(record: Recorded($"digest of shore/model:{Tag}", $"digest of shore/gateway:{Tag}"));

        Assert.That(images.Model.Digest, Is.EqualTo($"digest of shore/model:{Tag}"));
    }

    [Test]
    public void OtherImageThanTheTestedOneIsAnErrorThatNamesBoth()
    {
        _ecr.Add("model", "gateway");

        Assert.That(() => RequireAsync(record: Recorded($"digest of shore/model:{Tag}", "sha256:tested")), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains($"shore/gateway:{Tag} is digest of shore/gateway:{Tag}").And.Message.Contains("harbor/gateway@sha256:tested").And.Message.Contains("Nothing was changed"));
        Assert.That(Directory.Exists(_fixture.Folders.Store), Is.False, "nothing is recorded");
    }

    [Test]
    public void NothingIsBuiltInPlaceOfWhatWasTested()
    {
        Assert.That(() => RequireAsync(record: Recorded("sha256:a", "sha256:b")), Throws.TypeOf<SlipwayException>().With.Message.Contains("harbor/model@sha256:a").And.Message.Contains("PushImages"));
        Assert.That(_published, Is.Zero);
    }

    [Test]
    public async Task RecordOfImagesThatNobodyPushedAsksForNothing()
    {
        await RequireAsync(record: Recorded(null, null));
        Assert.That(_published, Is.EqualTo(1));
    }

    [Test]
    public void TreeWithChangesIsNoRelease() => Assert.That(
        () => RequireAsync(tag: new("1.2.3", new(RegisteredModel.Commit, Dirty: true))), Throws.TypeOf<SlipwayException>().With.Message.Contains("Commit them"));

    [Test]
    public async Task ServersOnArm64AreTrainedForByTheImageOfTheSameCommitForX64()
    {
        _ecr.Add("model", "gateway");
        _ecr.Tags.UnionWith(new[] { "model", "gateway" }.Select(image => $"shore/{image}:{Tag}-arm64"));
        var images = await RequireAsync(tag: Tag with { Built = ImagePlatform.Arm64 });

        Assert.That(images.Model.Digest, Does.EndWith("shore/model:1.2.3-0123456789ab-arm64"));
        Assert.That(images.Trainer.Digest, Does.EndWith("shore/model:1.2.3-0123456789ab"));
        Assert.That((await RequireAsync()).Trainer, Is.EqualTo((await RequireAsync()).Model));
    }

    [Test]
    public void ServersOnArm64NeedTheImageThatTrains() => Assert.That(
        () => RequireAsync(tag: Tag with { Built = ImagePlatform.Arm64 }),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("SageMaker trains on x64 only").And.Message.Contains("--Images_Platform=linux/amd64"));

    [TestCase("X86_64", "linux/arm64", "--Images_Platform=linux/amd64", "ARM64")]
    [TestCase("ARM64", "linux/amd64", "--Images_Platform=linux/arm64", "X86_64")]
    public void ImagesForAnotherProcessorThanTheTasksHaveAreRefusedBeforeAnythingIsPushed(string architecture, string platform, string deploy, string terraform)
    {
        Assert.That(
            () => RequireAsync(tag: Tag with { Built = ImagePlatform.Named(platform) }, architecture: architecture),
            Throws.TypeOf<SlipwayException>().With.Message.Contains($"are for {platform}, and the tasks of this environment run on {architecture}. Nothing was changed")
                .And.Message.Contains(deploy).And.Message.Contains($"architecture = \"{terraform}\""));
        Assert.That((_published, _ecr.Asked), Is.EqualTo((0, 0)), "no request was sent to the registry");
    }

    [TestCase("X86_64", "linux/amd64")]
    [TestCase("ARM64", "linux/arm64")]
    [TestCase(null, "linux/arm64", Description = "Terraform was applied before it said so")]
    public async Task ImagesForTheProcessorOfTheTasksAreTaken(string? architecture, string platform)
    {
        _ecr.Add("model", "gateway");
        _ecr.Tags.UnionWith(new[] { "model", "gateway" }.Select(image => $"shore/{image}:{Tag}-arm64"));

        Assert.That(await RequireAsync(tag: Tag with { Built = ImagePlatform.Named(platform) }, architecture: architecture), Is.Not.Null);
    }

    private Task<ImageSet> RequireAsync(
        SlipwayException? failure = null, ImageTag? tag = null, ReleaseRecord? record = null, string? architecture = null) => new AwsRelease(
        new(new("shore", "x", "b", "g", "u", "k", null, null!, new("1.dkr.ecr.x.amazonaws.com/shore/model", "1.dkr.ecr.x.amazonaws.com/shore/gateway"), null!, null!, null!), ClientDouble.Of<IAmazonECR>(_ecr)),
        new(_store, TimeProvider.System), architecture, record,
        _ =>
        {
            _published++;
            if (failure is not null)
                throw failure;
            _ecr.Add("model", "gateway");
            return Task.CompletedTask;
        },
        new PlainReport(_output, new Outcome(), TimeProvider.System)).RequireAsync(tag ?? Tag, "ann", default);

    private static ReleaseRecord Recorded(string? model, string? gateway)
    {
        ReleaseImage Image(string name, string? digest) => new(name, name, "id", "content", "base", 1, Pushed: digest is null ? null : new($"harbor/{name}", digest));
        return new(Tag.ToString(), Tag.Version, Tag.Source, default, [Image(ImageName.Model, model), Image(ImageName.Gateway, gateway)]);
    }

    private sealed class FakeEcr
    {
        public HashSet<string> Tags { get; } = [];
        public int Asked { get; private set; }

        public void Add(params string[] images)
        {
            foreach (var image in images)
                Tags.UnionWith([$"shore/{image}:{Tag}", $"shore/{image}:{Tag}.sbom", $"shore/{image}:{Tag}.provenance"]);
        }

        public Task<DescribeImagesResponse> DescribeImagesAsync(DescribeImagesRequest request, CancellationToken cancellationToken = default)
        {
            Asked++;
            var image = $"{request.RepositoryName}:{request.ImageIds.Single().ImageTag}";
            return Tags.Contains(image)
                ? Task.FromResult(new DescribeImagesResponse { ImageDetails = [new() { ImageDigest = $"digest of {image}" }] })
                : throw new ImageNotFoundException("none") { StatusCode = HttpStatusCode.BadRequest };
        }
    }
}
