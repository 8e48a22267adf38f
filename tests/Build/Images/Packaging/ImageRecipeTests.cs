using System.Xml.Linq;
using Slipway.Build.Images.Packaging;

namespace Slipway.Build.Tests.Images.Packaging;

public sealed class ImageRecipeTests
{
    [Test]
    public void ProgramsOfAllImagesArePublished()
    {
        var file = Path.Combine(Repository.Root, ImageRecipe.Publishing);
        var published = XDocument.Load(file).Descendants("Program")
            .Select(program => ((string)program.Attribute("Include")!).Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal))
            .Select(path => Path.GetDirectoryName(Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, Path.GetDirectoryName(file)!))));

        Assert.That(published, Is.EquivalentTo(ImageRecipe.All.SelectMany(recipe => recipe.Projects)));
    }
}
