using System.Text.RegularExpressions;

namespace Slipway.Build.Tests.Structure;

/// <summary>An asynchronous assertion that nobody awaits cannot fail, and the compiler accepts it in a method that is not asynchronous.</summary>
public sealed class AwaitedAssertionTests
{
    private static readonly Regex Unawaited = new(@"(?<!await )\bAssert\.\w+Async\b[^\n]*", RegexOptions.Compiled);

    [Test]
    public void EveryAsynchronousAssertionIsAwaited()
    {
        var tests = Path.Combine(Repository.Root, "tests");
        var files = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(tests, file).Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any()).ToList();

        Assert.That(files, Has.Count.AtLeast(400));
        Assert.That(files.SelectMany(file => Unawaited.Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")), Is.Empty);
    }

    [TestCase("var e = (await {0}<IOException>(work))!;", ExpectedResult = false)]
    [TestCase("var e = {0}<IOException>(work)!;", ExpectedResult = true)]
    [TestCase("        {0}<IOException>(work);", ExpectedResult = true)]
    public bool IsSeenIfItIsNotAwaited(string line) => Unawaited.IsMatch(line.Replace("{0}", "Assert." + "ThrowsAsync", StringComparison.Ordinal));
}
