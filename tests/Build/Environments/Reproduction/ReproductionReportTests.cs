using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Reproduction;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Reproduction;

public sealed class ReproductionReportTests
{
    private static readonly string Same = new('e', 64);
    private static readonly string Other = new('0', 64);

    private StringWriter _output = new();

    private PlainReport Report => new(_output, new Outcome(), new FakeTimeProvider());

    [SetUp]
    public void StartFresh() => _output = new StringWriter { NewLine = "\n" };

    [TearDown]
    public void CloseTheOutput() => _output.Dispose();

    [Test]
    public void SaysThatTheBytesAreTheSameAndFromWhat()
    {
        Report.ShowReproduction(RegisteredModel.Again(Same));

        Assert.That(_output.ToString(), Does.Contain("'pumps' version 3 is reproducible"));
        foreach (var fact in new[] { RegisteredModel.Commit, new('d', 64), new('f', 64), "x64", "ML.NET 5.0.1", "unchanged", "pumps-0123456789ab-a1" })
            Assert.That(_output.ToString(), Does.Contain(fact));
        Assert.That(_output.ToString(), Does.Match($"expected +{Same}").And.Match($"actual +{Same}"));
    }

    [Test]
    public void OtherLibrariesThatGiveTheSameBytesAreShownAndNoFailure()
    {
        Report.ShowReproduction(RegisteredModel.Again(Same, mlNet: "6.0.0"));

        Assert.That(_output.ToString(), Does.Contain("ML.NET was 5.0.1, is 6.0.0").And.Contain("is reproducible").And.Not.Contain("unchanged"));
    }

    [Test]
    public void OtherBytesFailAndNameTheLikelyCauses()
    {
        Assert.That(
            () => Report.ShowReproduction(RegisteredModel.Again(Other, architecture: "arm64", mlNet: "6.0.0", l2: "0.2")),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("was not reproduced")
                .And.Message.Contains("architecture was x64, is arm64").And.Message.Contains("ML.NET was 5.0.1, is 6.0.0")
                .And.Message.Contains("hyperparameter l2 was 0.1, is 0.2").And.Message.Not.Contains("LightGBM"));
        Assert.That(_output.ToString(), Does.Match($"expected +{Same}").And.Match($"actual +{Other}"));
    }

    [Test]
    public void OtherBytesFromTheSameInputsSayThatNothingDiffers() =>
        Assert.That(
            () => Report.ShowReproduction(RegisteredModel.Again(Other)),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("Nothing in the lineage differs"));

    [TestCase("sha256:abc", true)]
    [TestCase("8f3a", false)]
    public void TrainingImageIsShownNextToTheCommit(string image, bool named)
    {
        var again = RegisteredModel.Again(Same);
        var lineage = again.Manifest.Lineage with { Environment = again.Manifest.Lineage.Environment with { Image = image } };
        Report.ShowReproduction(again with { Manifest = again.Manifest with { Lineage = lineage } });

        Assert.That(_output.ToString().Contains("built here from that commit; originally it ran in the image sha256:abc"), Is.EqualTo(named));
    }

    [Test]
    public void TrainerWithoutARecordOfItsEnvironmentIsComparedByBytesAlone()
    {
        var version = new ReproducedVersion(RegisteredModel.Manifest, new(Same, null));
        Report.ShowReproduction(version);

        Assert.That(_output.ToString(), Does.Contain("is reproducible"));
        Assert.That(
            () => Report.ShowReproduction(version with { Again = new(Other, null) }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("by hand"));
    }
}
