using System.Text.RegularExpressions;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Images.Packaging;

/// <summary>The base images of a recipe: those that settings name, else those that <see cref="BaseImages.Pins"/> pins by digest.</summary>
public static partial class PinnedBases
{
    /// <summary>The value of each ARG.</summary>
    /// <param name="pins">What <see cref="BaseImages.Pins"/> holds.</param>
    /// <exception cref="SlipwayException">It does not pin such a base.</exception>
    public static IReadOnlyDictionary<string, string> Of(this BaseImages bases, ImageRecipe recipe, string pins) => recipe.Bases.ToDictionary(
        name => name, name => name == ImageRecipe.Runtime ? Chosen(bases.Runtime, "runtime", pins) : Chosen(bases.Libraries, "libraries", pins));

    private static string Chosen(string setting, string stage, string pins) => setting.Length > 0 ? setting
        : From().Matches(pins).FirstOrDefault(match => match.Groups[2].Value == stage)?.Groups[1].Value
            ?? throw new SlipwayException($"{BaseImages.Pins} has no line 'FROM <image> AS {stage}'.");

    [GeneratedRegex(@"^FROM (\S+) AS (\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex From();
}
