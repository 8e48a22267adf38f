using System.Text.RegularExpressions;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>What images begin with, where it is not what <see cref="Pins"/> holds; empty leaves the pin.</summary>
/// <param name="Runtime">A .NET runtime for ASP.NET, without a shell where it can be.</param>
/// <param name="Libraries">Something of the same family with a shell and packages.</param>
public sealed partial record BaseImages(string Runtime, string Libraries)
{
    /// <summary>Below the repository.</summary>
    public const string Pins = "build/bases/Dockerfile";

    /// <summary>The value of each ARG.</summary>
    /// <param name="pins">What <see cref="Pins"/> holds.</param>
    /// <exception cref="SlipwayException">It pins no such base.</exception>
    public IReadOnlyDictionary<string, string> Of(ImageRecipe recipe, string pins) => recipe.Bases.ToDictionary(
        name => name, name => name == ImageRecipe.Runtime ? Chosen(Runtime, "runtime", pins) : Chosen(Libraries, "libraries", pins));

    private static string Chosen(string setting, string stage, string pins) => setting.Length > 0 ? setting
        : From().Matches(pins).FirstOrDefault(match => match.Groups[2].Value == stage)?.Groups[1].Value
            ?? throw new SlipwayException($"{Pins} has no line 'FROM <image> AS {stage}'.");

    [GeneratedRegex(@"^FROM (\S+) AS (\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex From();
}
