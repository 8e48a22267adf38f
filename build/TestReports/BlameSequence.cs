using System.Xml;
using System.Xml.Linq;

namespace Slipway.Build.TestReports;

/// <summary>The file that VSTest's blame collector writes after a crash or a hang: the tests in the order in which they started.</summary>
public static class BlameSequence
{
    /// <summary>The tests that were running when the host died.</summary>
    public static IReadOnlyList<string> Unfinished(string resultsFolder) => Directory.Exists(resultsFolder)
        ? [.. Directory.EnumerateFiles(resultsFolder, "Sequence_*.xml", SearchOption.AllDirectories).SelectMany(Read).Distinct()]
        : [];

    private static IEnumerable<string> Read(string path)
    {
        try
        {
            return XDocument.Load(path).Descendants("Test")
                .Where(test => (string?)test.Attribute("Completed") is not "True")
                .Select(test => (string?)test.Attribute("Name"))
                .OfType<string>();
        }
        catch (XmlException)
        {
            return []; // truncated by the crash itself
        }
    }
}
