using System.Xml.Linq;

namespace Slipway.Build.Images.Scanning.NuGet;

/// <summary>
/// NuGet reports missing vulnerability data only for feeds that are configured as audit sources; for ordinary package sources it says
/// nothing and finds nothing. So the feeds are configured as audit sources, in a separate configuration.
/// </summary>
public static class AuditSources
{
    /// <param name="listed">The output of <c>dotnet nuget list source --format short</c>: <c>E https://...</c>, <c>EM</c> for a machine-wide one, <c>D</c> for a disabled one.</param>
    public static IReadOnlyList<string> Enabled(IEnumerable<string> listed) =>
        [.. listed.Select(line => line.Trim()).Where(line => line.StartsWith('E')).Select(line => line[(line.IndexOf(' ') + 1)..].Trim()).Where(IsFeed)];

    public static void Write(string file, IReadOnlyList<string> sources)
    {
        // NuGet looks up a feed's password by this name: NuGetPackageSourceCredentials_<name>
        var added = sources.Select((source, index) => new XElement(
            "add", new XAttribute("key", Name(index)), new XAttribute("value", source),
            source.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? new XAttribute("allowInsecureConnections", "true") : null)).ToArray();
        new XDocument(new XElement("configuration",
            new XElement("packageSources", new XElement("clear"), added),
            new XElement("auditSources", new XElement("clear"), added))).Save(file);
    }

    /// <summary>NuGet's output, with the feeds' addresses in place of those names.</summary>
    public static string Named(string said, IReadOnlyList<string> sources) => sources.Index().Aggregate(
        said, (text, source) => text.Replace($"'{Name(source.Index)}'", $"'{new Uri(source.Item).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}'", StringComparison.Ordinal));

    public static string Name(int index) => $"audit{index + 1}";

    // a folder of packages has no vulnerability data and is not a feed
    private static bool IsFeed(string source) => Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
