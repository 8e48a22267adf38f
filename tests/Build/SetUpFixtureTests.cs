namespace Slipway.Build.Tests;

public sealed class SetUpFixtureTests
{
    [Test]
    public void LieWhereTheyAreRunForAllTestsOfTheirProject()
    {
        // namespaces follow folders, and NUnit runs a set-up fixture for the tests in and below its own namespace
        var fixtures = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Contains("[SetUpFixture]"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).ToList();

        Assert.That(fixtures, Has.Count.AtLeast(2).And.All.Matches("^tests/[^/]+/[^/]+$"));
    }
}
