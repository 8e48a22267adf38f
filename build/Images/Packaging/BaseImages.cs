using System.Text.RegularExpressions;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>What images begin with, where it is not what their Dockerfiles pin; empty leaves the pin.</summary>
/// <param name="Runtime">A .NET runtime for ASP.NET, without a shell where it can be.</param>
/// <param name="Libraries">Something of the same family with a shell and packages.</param>
public sealed partial record BaseImages(string Runtime, string Libraries)
{
    /// <summary>The value of each ARG.</summary>
    /// <exception cref="SlipwayException">The Dockerfile has no such ARG.</exception>
    public IReadOnlyDictionary<string, string> Of(ImageRecipe recipe, string dockerfile) => recipe.Bases.ToDictionary(
        name => name, name => (name == ImageRecipe.Runtime ? Runtime : Libraries) is { Length: > 0 } chosen ? chosen : Pinned(name, recipe, dockerfile));

    private static string Pinned(string name, ImageRecipe recipe, string dockerfile) =>
        Argument().Matches(dockerfile).FirstOrDefault(match => match.Groups[1].Value == name)?.Groups[2].Value
        ?? throw new SlipwayException($"{recipe.Dockerfile} has no line 'ARG {name}=<image>'.");

    [GeneratedRegex(@"^ARG (\w+)=(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Argument();
}
