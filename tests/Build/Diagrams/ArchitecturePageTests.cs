using Slipway.Build.Cli.Configuration;
using Slipway.Build.Diagrams;
using Slipway.Registry;

namespace Slipway.Build.Tests.Diagrams;

public sealed class ArchitecturePageTests
{
    private static readonly Paths Checkout = Paths.Find(AppContext.BaseDirectory, AppContext.BaseDirectory);

    [Test]
    public void ShowsTheReferencesOfTheProjects()
    {
        var page = File.ReadAllText(Checkout.Architecture).ReplaceLineEndings("\n");

        Assert.That(page, Is.EqualTo(ArchitecturePage.WithPicture(page, MermaidPicture.Of(ProjectGraph.Read(Checkout.Solution).Reduced()))),
            "Run ./build.sh --target=DrawArchitecture and commit the page.");
        Assert.That(page, Does.Contain("  gateway_Proxy_Proxy --> inference_Hosting_Hosting\n"));
    }

    [Test]
    public void KeepsWhatIsAroundThePicture() =>
        Assert.That(
            ArchitecturePage.WithPicture("above\n<!-- drawn by ./build.sh --target=DrawArchitecture -->\nold\n<!-- end -->\nbelow\n", "new\n"),
            Is.EqualTo("above\n<!-- drawn by ./build.sh --target=DrawArchitecture -->\nnew\n<!-- end -->\nbelow\n"));

    [Test]
    public void RefusesAPageWithoutAPlaceForThePicture() =>
        Assert.That(() => ArchitecturePage.WithPicture("words\n", "new\n"), Throws.TypeOf<SlipwayException>().With.Message.Contains("<!-- end -->"));
}
