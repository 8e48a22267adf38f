using System.Xml.Linq;

namespace Slipway.Build.Images.Scanning.NuGet;

/// <summary>
/// NuGet tells that a feed has no vulnerability data only of feeds that it is told to audit with; of the feeds that packages come from it says
/// nothing, and nothing found. So the feeds are named as such, in a configuration of their own.
/// </summary>
public static class AuditSources
{
    /// <param name="listed">What <c>dotnet nuget list source --format short</c> printed: <c>E https://...</c>, <c>EM</c> for one of the whole machine, <c>D</c> for a disabled one.</param>
    public static IReadOnlyList<string> Enabled(IEnumerable<string> listed) =>
        [.. listed.Select(line => line.Trim()).Where(line => line.StartsWith('E')).Select(line => line[(line.IndexOf(' ') + 1)..].Trim()).Where(IsFeed)];

    public static void Write(string file, IReadOnlyList<string> sources)
    {
        // the name is what NuGet looks for a password under: NuGetPackageSourceCredentials_<name>
        var added = sources.Select((source, index) => new XElement(
            "add", new XAttribute("key", Name(index)), new XAttribute("value", source),
            source.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? new XAttribute("allowInsecureConnections", "true") : null)).ToArray();
        new XDocument(new XElement("configuration",
            new XElement("packageSources", new XElement("clear"), added),
            new XElement("auditSources", new XElement("clear"), added))).Save(file);
    }

    /// <summary>What NuGet said, with the feeds' addresses in place of the names that they were given.</summary>
    public static string Named(string said, IReadOnlyList<string> sources) => sources.Index().Aggregate(
        said, (text, source) => text.Replace($"'{Name(source.Index)}'", $"'{new Uri(source.Item).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}'", StringComparison.Ordinal));

    public static string Name(int index) => $"audit{index + 1}";

    // a folder of packages has no data, and is nobody's feed
    private static bool IsFeed(string source) => Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
