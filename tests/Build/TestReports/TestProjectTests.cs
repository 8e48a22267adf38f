using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class TestProjectTests
{
    [Test]
    public void FindsEveryTestProjectOfTheSolution()
    {
        var folders = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(path => new TestProject(Path.GetFileName(Path.GetDirectoryName(path)!), path));

        Assert.That(TestProject.In(Path.Combine(Repository.Root, "Slipway.slnx")), Is.EquivalentTo(folders));
    }
}
