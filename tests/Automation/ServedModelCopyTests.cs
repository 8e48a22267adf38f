using Slipway.Automation.Tests.Aws;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Tests;

/// <summary>Candidates in another store are compared with the version that this one serves.</summary>
[Category("Sdk")]
public sealed class ServedModelCopyTests
{
    private static readonly SignaturePolicy Enforced = new(SignatureMode.Enforce, new([TrainingFixture.Signer.Key]));

    private TrainingFixture _served = null!;
    private TrainingFixture _scratch = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_served, _scratch) = (new(), new());
        await _served.PutDataset("pressure,failed\n1,0\n");
    }

    [TearDown]
    public void TearDown()
    {
        _served.Dispose();
        _scratch.Dispose();
    }

    [Test]
    public async Task CandidateIsJudgedAgainstTheVersionThatIsServed()
    {
        await _served.TrainsSuccessfully();
        Assert.That(await Copy().ChampionAsync(TrainingFixture.Model, default), Is.EqualTo(1));

        await BringsTheDataset();
        _scratch.Commit = new('d', 40);
        var outcome = await _scratch.TrainsSuccessfully(fill: 2);

        Assert.That((outcome.Result, outcome.Version, outcome.Gates!.Champion), Is.EqualTo((TrainingResult.Registered, 2, 1)));
        Assert.That(await _scratch.Live(), Is.EqualTo(((int?)2, (int?)2)));
    }

    [Test]
    public async Task CandidateOfTheSameInputsIsTrainedAllTheSame()
    {
        await _served.TrainsSuccessfully();
        await Copy().ChampionAsync(TrainingFixture.Model, default);

        await BringsTheDataset();
        var job = await _scratch.DatasetArrives();

        Assert.That(job.IsNew);
        Assert.That(await _scratch.Store.HeadAsync(StoreKeys.TrainingArtifact(job.Id)), Is.Null, "the champion's archive is not the candidate's");
        Assert.That(await _scratch.Store.HeadAsync(StoreKeys.TrainingInput(job.Id, "champion", ArtifactFiles.Onnx)), Is.Not.Null);
    }

    [Test]
    public async Task NothingIsWrittenWhereItIsServed()
    {
        await _served.TrainsSuccessfully();
        var before = _served.Content();

        await Copy().ChampionAsync(TrainingFixture.Model, default);
        await BringsTheDataset();

        Assert.That(_served.Content(), Is.EqualTo(before));
    }

    [Test]
    public async Task ModelThatWasRolledBackIsRefusedThereToo()
    {
        await _served.TrainsSuccessfully(fill: 1);
        _served.Commit = new('d', 40);
        await _served.TrainsSuccessfully(fill: 2);
        await _served.RollsBack(from: 2, to: 1);
        await Copy().ChampionAsync(TrainingFixture.Model, default);

        await BringsTheDataset();
        var outcome = await _scratch.TrainsSuccessfully(fill: 2);

        Assert.That((outcome.Result, outcome.Reason), Is.EqualTo((TrainingResult.Refused, "These inputs reproduce a model, byte for byte, that was rolled back before. It is not published again automatically.")));
    }

    [Test]
    public async Task ModelWithoutAVersionHasNoChampion() => Assert.That(await Copy().ChampionAsync(TrainingFixture.Model, default), Is.Null);

    [Test]
    public async Task ArchiveThatIsNotTheRegisteredOneIsRefused()
    {
        await _served.TrainsSuccessfully();
        var manifest = await _served.Versions.GetAsync(TrainingFixture.Model, 1, default);
        var path = Path.Combine(_served.StoreRoot, manifest!.Artifact.Key);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        Assert.That(() => Copy().ChampionAsync(TrainingFixture.Model, default), Throws.TypeOf<InvalidArtifactException>());
    }

    [Test]
    public async Task ManifestThatNobodySignedIsNotBelieved()
    {
        await _served.TrainsSuccessfully();
        TestFolder.Remove(Path.Combine(_served.StoreRoot, StoreKeys.Signatures(TrainingFixture.Model)));

        Assert.That(() => Copy().ChampionAsync(TrainingFixture.Model, default), Throws.TypeOf<SignatureException>());
    }

    [Test]
    public async Task WhatABucketServesIsComparedWithInAFolder()
    {
        var aws = new AwsFixture();
        await aws.Deploys();
        await aws.Trains("pressure,failed\n1,0\n", 1);
        var puts = 0;
        aws.Store.Before = (operation, _) => puts += operation is "Get" or "Head" or "List" ? 0 : 1;
        var copy = new ServedModelCopy(aws.Store, new(SignatureMode.Enforce, new([AwsFixture.Signer.Key])), _scratch.Store, TimeProvider.System);

        Assert.That(await copy.ChampionAsync(AwsFixture.Model, default), Is.EqualTo(1));
        await BringsTheDataset();
        var outcome = await _scratch.TrainsSuccessfully(fill: 2);

        Assert.That((outcome.Result, outcome.Gates?.Champion, puts), Is.EqualTo((TrainingResult.Registered, (int?)1, 0)), outcome.Reason);
    }

    [Test]
    public void DatasetThatIsTooLargeIsRefusedWithItsSize() => Assert.That(
        () => Copy().DatasetAsync(new("datasets/pumps/huge.csv", "e", ServedModelCopy.MaxDatasetBytes + 1, "v", default), default),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("2,147,483,649 bytes"));

    private ServedModelCopy Copy() => new(_served.Store, Enforced, _scratch.Store, TimeProvider.System);

    private async Task BringsTheDataset() =>
        await Copy().DatasetAsync((await _served.Store.HeadAsync(_served.DatasetKey))!, default);
}
