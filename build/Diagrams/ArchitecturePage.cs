using Slipway.Registry;

namespace Slipway.Build.Diagrams;

/// <summary>The page with the picture of the projects. Only the lines between two comments are generated.</summary>
public static class ArchitecturePage
{
    private const string Begin = "<!-- drawn by ./build.sh --target=DrawArchitecture -->\n";
    private const string End = "<!-- end -->";

    /// <returns>The page with the picture in place of the one that it has.</returns>
    /// <exception cref="SlipwayException">The page has no place for it.</exception>
    public static string WithPicture(string page, string picture)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new SlipwayException($"The page has no place for the picture: it needs the line '{Begin.Trim()}', and '{End}' below it.");
        return page[..(begin + Begin.Length)] + picture + page[end..];
    }
}
