using System.Text.RegularExpressions;

namespace Slipway.Infra.Tests;

/// <summary>The page that the description of every alarm links to.</summary>
public sealed partial class RunbookTests
{
    [Test]
    public void EveryAlarmHasItsSectionAndEverySectionItsAlarm()
    {
        var sections = Heading().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "runbook.md"))).Select(heading => heading.Groups["name"].Value);
        var linked = Directory.EnumerateFiles(Path.Combine(Repository.Infra, "modules"), "*.tf", SearchOption.AllDirectories)
            .SelectMany(file => Link().Matches(File.ReadAllText(file))).Select(link => link.Groups["name"].Value).Distinct();

        Assert.That(sections, Is.EquivalentTo(linked));
    }

    [Test]
    public void EveryAlarmHasALink()
    {
        var descriptions = Directory.EnumerateFiles(Path.Combine(Repository.Infra, "modules"), "*.tf", SearchOption.AllDirectories)
            .SelectMany(file => Description().Matches(File.ReadAllText(file))).Select(description => description.Value).ToList();

        Assert.That(descriptions, Has.Count.GreaterThan(3), "nothing was checked");
        Assert.That(descriptions.Where(description => !description.Contains("${var.runbook}#", StringComparison.Ordinal)), Is.Empty);
    }

    // the anchor of a heading of one word, or of several with hyphens, is the heading
    [GeneratedRegex("^## (?<name>[a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""(runbook\s*=\s*"|\$\{var\.runbook\}#)(?<name>[a-z-]+)["\s]""")]
    private static partial Regex Link();

    [GeneratedRegex("""^\s*alarm_description\s*=.*$""", RegexOptions.Multiline)]
    private static partial Regex Description();
}
