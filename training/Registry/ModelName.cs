using System.Text.RegularExpressions;

namespace Slipway.Registry;

/// <summary>The rule for model names: they are part of keys, URLs, job ids and every prediction id.</summary>
public static partial class ModelName
{
    public const string Rule = "lower-case letters, digits and hyphens, starting with a letter, at most 40 characters";

    public static bool IsValid(string name) => Pattern().IsMatch(name);

    /// <summary>Throws if <paramref name="name"/> is not a valid model name.</summary>
    public static void Check(string name)
    {
        if (!IsValid(name))
            throw new SlipwayException($"'{name}' is not a model name. A model name has {Rule}.");
    }

    /// <summary>Derives a valid name from other text; null if nothing of it remains.</summary>
    public static string? Nearest(string text)
    {
        var name = NoLetters().Replace(text.ToLowerInvariant(), "-").Trim('-');
        if (name.Length > 0 && !char.IsAsciiLetter(name[0]))
            name = $"model-{name}";
        name = name[..Math.Min(name.Length, 40)].TrimEnd('-');
        return IsValid(name) ? name : null;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetters();

    // \z, because $ would allow a trailing line break
    [GeneratedRegex(@"^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,39}\z")]
    private static partial Regex Pattern();
}
