using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Packaging;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Packaging;

public sealed class BaseImagesTests
{
    public static IEnumerable<ImageRecipe> Recipes => ImageRecipe.All;

    [TestCaseSource(nameof(Recipes))]
    public void EveryImageBeginsWithAPinnedDigest(ImageRecipe recipe) =>
        Assert.That(new BaseImages("", "").Of(recipe, Pins).Values, Is.All.Match("^mcr.microsoft.com/dotnet/.+@sha256:[0-9a-f]{64}$"));

    [TestCaseSource(nameof(Recipes))]
    public void SettingsNameOthers(ImageRecipe recipe)
    {
        var bases = new BaseImages("mirror/aspnet:10.0", "mirror/deps:10.0").Of(recipe, Pins);

        Assert.That(bases.Keys, Is.EqualTo(recipe.Bases));
        Assert.That(bases[ImageRecipe.Runtime], Is.EqualTo("mirror/aspnet:10.0"));
    }

    [Test]
    public void BothImagesRunOnTheSameRuntime() =>
        Assert.That(Recipes.Select(recipe => new BaseImages("", "").Of(recipe, Pins)[ImageRecipe.Runtime]).Distinct().Count(), Is.EqualTo(1));

    [TestCaseSource(nameof(Recipes))]
    public void NeedsNoBuildKitAndNoShell(ImageRecipe recipe)
    {
        var lines = Dockerfile(recipe).Split('\n');

        Assert.That(lines, Has.None.Contains("--mount").And.None.Contains("<<").And.None.Contains("--link").And.None.Contains("--chmod").And.None.StartsWith("# syntax"));
        Assert.That(lines.Where(line => line.StartsWith("ARG", StringComparison.Ordinal)), Is.Not.Empty.And.None.Contains("="), "each image is pinned once");
        Assert.That(lines.Where(line => line.Contains("HEALTHCHECK", StringComparison.Ordinal)), Is.All.Contains(" CMD [\""));
        Assert.That(lines.Where(line => line.StartsWith("CMD", StringComparison.Ordinal) || line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)), Is.Not.Empty.And.All.EndsWith("\"]"));
    }

    [Test]
    public void SaysWhichPinIsNotThere() =>
        Assert.That(
            () => new BaseImages("", "").Of(ImageRecipe.All[1], "FROM scratch AS libraries"),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo("build/bases/Dockerfile has no line 'FROM <image> AS runtime'."));

    private static string Pins => File.ReadAllText(Path.Combine(Repository.Root, BaseImages.Pins));

    private static string Dockerfile(ImageRecipe recipe) => File.ReadAllText(Path.Combine(Repository.Root, recipe.Dockerfile));
}
