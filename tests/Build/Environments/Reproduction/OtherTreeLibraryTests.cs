using System.Runtime.InteropServices;
using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Build.Tests.Environments.Reproduction;

/// <summary>A version of boosted trees made on one platform and made again on another.</summary>
public sealed class OtherTreeLibraryTests
{
    private static readonly ModelManifest WithLightGbm = With(RegisteredModel.Manifest, "LightGBM");

    [Test]
    public void IsToldBeforeTheTraining() =>
        Assert.That(OtherTreeLibrary.Warning(WithLightGbm, "FastTree"), Is.EqualTo(
            $"'pumps' version 3 was trained with LightGBM, but on this machine ({RuntimeInformation.RuntimeIdentifier}) boostedTrees uses FastTree. " +
            "Different bytes are expected, and do not indicate a problem with the version."));

    [TestCase("LightGBM")]
    [TestCase(null)]
    public void IsNotSuspectedWhereItIsTheSameOrNobodyKnows(string? here) => Assert.That(OtherTreeLibrary.Warning(WithLightGbm, here), Is.Null);

    [Test]
    public void IsNoConcernOfOtherTrainers() => Assert.That(OtherTreeLibrary.Warning(RegisteredModel.Manifest, "FastTree"), Is.Null);

    [Test]
    public void IsToldApartFromARealDifference()
    {
        using var output = new StringWriter();
        var report = new PlainReport(output, new Outcome(), new FakeTimeProvider());

        Assert.That(() => report.ShowReproduction(Again("FastTree", new('0', 64))), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains("cannot be compared on this machine; this does not indicate a real difference")
            .And.Message.Contains("Reproduce it on a machine where LightGBM trains the trees").And.Message.Not.Contains("was not reproduced"));
        Assert.That(output.ToString(), Does.Contain("boostedTrees was LightGBM, is FastTree"));
        Assert.That(() => report.ShowReproduction(Again("LightGBM", new('0', 64))), Throws.TypeOf<SlipwayException>().With.Message.Contains("was not reproduced"));
    }

    [Test]
    public void SameBytesAreSameBytes()
    {
        using var output = new StringWriter();
        new PlainReport(output, new Outcome(), new FakeTimeProvider()).ShowReproduction(Again("FastTree", new('e', 64)));

        Assert.That(output.ToString(), Does.Contain("is reproducible"));
    }

    private static ReproducedVersion Again(string library, string onnx)
    {
        var again = RegisteredModel.Again(onnx);
        return new(WithLightGbm, again.Again with { Evidence = again.Again.Evidence! with { Libraries = Add(again.Again.Evidence!.Libraries, library) } });
    }

    private static ModelManifest With(ModelManifest manifest, string library) => manifest with
    {
        Lineage = manifest.Lineage with { Environment = manifest.Lineage.Environment with { Libraries = Add(manifest.Lineage.Environment.Libraries, library) } },
    };

    private static Dictionary<string, string> Add(IReadOnlyDictionary<string, string> libraries, string library) =>
        new(libraries) { [TrainerNames.BoostedTrees] = library };
}
