using System.Text.Json;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Supply;
using Slipway.Build.Tests.Images.Scanning;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Supply;

public sealed class ImageProvenanceTests
{
    private const string Digest = "5555555555555555555555555555555555555555555555555555555555555555";

    private static readonly ReleaseImage Image = ScanFixture.Model with
    {
        BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled@sha256:4444",
        Pushed = new("registry.example/slipway/model", $"sha256:{Digest}"),
    };

    private static readonly ReleaseRecord Release = new("1.0.0-abc", "1.0.0", new("aaaa", Dirty: false), ScanFixture.Now, [Image]);

    [Test]
    public void StatementNamesThePushedImageByItsDigestAndWhatItWasMadeFrom()
    {
        using var document = JsonDocument.Parse(ImageProvenance.Of(Release, Image, new("https://github.com/o/r/.github/workflows/deploy.yml@refs/heads/main", "run", "https://github.com/o/r")));
        var statement = document.RootElement;
        var definition = statement.GetProperty("predicate").GetProperty("buildDefinition");
        var dependencies = definition.GetProperty("resolvedDependencies").EnumerateArray().ToArray();

        Assert.That(statement.GetProperty("_type").GetString(), Is.EqualTo("https://in-toto.io/Statement/v1"));
        Assert.That(statement.GetProperty("predicateType").GetString(), Is.EqualTo("https://slsa.dev/provenance/v1"));
        Assert.That(statement.GetProperty("subject")[0].GetProperty("name").GetString(), Is.EqualTo("registry.example/slipway/model"));
        Assert.That(statement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString(), Is.EqualTo(Digest));
        Assert.That(definition.GetProperty("internalParameters").GetProperty("content").GetString(), Is.EqualTo(Image.Content));
        Assert.That(dependencies[0].GetProperty("uri").GetString(), Is.EqualTo("git+https://github.com/o/r"));
        Assert.That(dependencies[0].GetProperty("digest").GetProperty("gitCommit").GetString(), Is.EqualTo("aaaa"));
        Assert.That(dependencies[1].GetProperty("uri").GetString(), Is.EqualTo("oci://mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled"));
        Assert.That(dependencies[1].GetProperty("digest").GetProperty("sha256").GetString(), Is.EqualTo("4444"));
    }

    [Test]
    public void ImageThatWasNotPushedHasNone() =>
        Assert.That(
            () => ImageProvenance.Of(Release, Image with { Pushed = null }, new("b", null, null)),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("not pushed"));

    [Test]
    public void RunOfAWorkflowIsTheBuilderWhereThereIsOne()
    {
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_SERVER_URL"] = "https://github.com",
            ["GITHUB_REPOSITORY"] = "o/r",
            ["GITHUB_RUN_ID"] = "7",
            ["GITHUB_RUN_ATTEMPT"] = "2",
            ["GITHUB_WORKFLOW_REF"] = "o/r/.github/workflows/deploy.yml@refs/heads/main",
        };

        Assert.That(BuildInvocation.Of(variables.GetValueOrDefault), Is.EqualTo(new BuildInvocation(
            "https://github.com/o/r/.github/workflows/deploy.yml@refs/heads/main", "https://github.com/o/r/actions/runs/7/attempts/2", "https://github.com/o/r")));
    }

    [Test]
    public void MachineOfAPersonSaysThatItIsOne() =>
        Assert.That(BuildInvocation.Of(_ => null), Is.EqualTo(new BuildInvocation(BuildInvocation.Workstation, null, null)));
}
