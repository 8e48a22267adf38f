using System.Text.RegularExpressions;

namespace Slipway.Build.Tests.Structure;

/// <summary>The public top-level types that a source file declares. Namespaces are file-scoped, so such a declaration begins its line.</summary>
internal static partial class PublicTypes
{
    /// <returns>Namespace and name; a generic type's name includes its parameters.</returns>
    public static IEnumerable<(string Namespace, string Name)> Of(string source)
    {
        var space = Namespace().Match(source).Groups[1].Value;
        return Declaration().Matches(source).Select(match => (space, match.Groups[1].Value));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly|unsafe|ref) )*(?:record struct|record class|class|record|struct|enum|interface|delegate [\w<>?,. \[\]]+?) (\w+(?:<[\w, ]+>)?)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
