using System.Text.RegularExpressions;
using Slipway.Soak.Rows;

namespace Slipway.Build.Tests.Structure;

/// <summary>The catalogue of faults in docs/reliability.md names tests and rows of the soak that exist.</summary>
public sealed partial class ReliabilityCatalogTests
{
    private static readonly string[] Lines = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "reliability.md")).Where(line => CatalogLine().IsMatch(line))];

    [Test]
    public void HasEveryFaultOnce()
    {
        string[] ids = [.. Enumerable.Range(1, 34).Select(number => $"R{number:00}"), .. Enumerable.Range(1, 8).Select(number => $"S{number:00}")];

        Assert.That(Lines.Select(line => CatalogLine().Match(line).Groups[1].Value), Is.EqualTo(ids));
    }

    [Test]
    public void NamesTestsThatExist()
    {
        var tests = TestMethods();

        Assert.That(tests, Has.Count.AtLeast(3000));
        Assert.That(Lines.SelectMany(line => Test().Matches(line)).Select(match => match.Groups[1].Value).Distinct().Where(test => !tests.Contains(test)), Is.Empty);
    }

    [Test]
    public void EveryFaultHasATestOrARowOfTheSoak()
    {
        var rows = RowCatalog.All.Select(row => row.Name).ToHashSet();

        Assert.That(Lines.Where(line => !Test().IsMatch(Cell(line, 4)) && !Row().IsMatch(Cell(line, 4))), Is.Empty);
        Assert.That(Lines.SelectMany(line => Row().Matches(line)).Select(match => match.Groups[1].Value).Where(row => !rows.Contains(row)), Is.Empty);
    }

    [Test]
    public void EveryFaultSaysWhatShowsThatItsTestCanFail() => Assert.That(Lines.Where(line => Cell(line, 5).Trim().Length == 0), Is.Empty);

    [TestCase("public sealed class ATests\n{\n    [Test]\n    public async Task Does()\n", ExpectedResult = true)]
    [TestCase("public sealed class ATests\n{\n    public void Does()\n", ExpectedResult = false)]
    [TestCase("public sealed class BTests\n{\n    [Test]\n    public void Does()\n", ExpectedResult = false)]
    public bool ATestIsAPublicMethodWithAnAttribute(string source) => MethodsOf(source).Contains("ATests.Does");

    private static string Cell(string line, int number) => line.Split('|')[number];

    private static HashSet<string> TestMethods() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            .SelectMany(file => MethodsOf(File.ReadAllText(file))),
    ];

    private static IEnumerable<string> MethodsOf(string source)
    {
        var type = "";
        var isTest = false;
        foreach (Match match in Declaration().Matches(source))
            if (match.Groups["type"] is { Success: true } declared)
                type = declared.Value;
            else if (match.Groups["attribute"].Success)
                isTest = true;
            else if (isTest)
            {
                isTest = false;
                yield return $"{type}.{match.Groups["method"].Value}";
            }
    }

    [GeneratedRegex(@"^\| ([RS]\d\d) \|")]
    private static partial Regex CatalogLine();

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex Test();

    [GeneratedRegex(@"`([a-z]+(?:-[a-z]+)+)`")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\s*(?:public|internal) (?:(?:sealed|abstract|static|partial) )*class (?<type>\w+)|^\s*\[(?<attribute>Test|TestCase|TestCaseSource|Theory|Values)\b|^\s*public (?:static )?(?:async )?[\w<>?\[\], ()]+ (?<method>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
