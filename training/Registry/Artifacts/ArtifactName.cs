using System.Text.RegularExpressions;

namespace Slipway.Registry.Artifacts;

/// <summary>The rule for the names of files in an archive: a name that means the same file on every system, and never another folder.</summary>
internal static partial class ArtifactName
{
    public const string Rule = "letters, digits, dots, hyphens and underscores, starting with a letter or digit, at most 100 characters";

    public static bool IsPlain(string name) => Pattern().IsMatch(name);

    // 100 is the limit of a ustar header; \z because $ would allow a trailing line break
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Pattern();
}
