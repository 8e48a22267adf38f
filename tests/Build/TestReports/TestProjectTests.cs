using Slipway.Build.Cli.Configuration;
using Slipway.Build.TestReports;
using Slipway.Build.Tools;

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

    [Test]
    public void KeepsFilesOnDiskIfItsProjectSaysSo() =>
        Assert.That(
            TestProject.In(Path.Combine(Repository.Root, "Slipway.slnx")).Where(project => project.KeepsFilesOnDisk).Select(project => project.Name),
            Is.EquivalentTo(new[] { "EndToEnd", "Workflows", "Containers" }));

    [Test]
    public void HasTheAssemblyThatTheBuildWrites()
    {
        var project = TestProject.In(Path.Combine(Repository.Root, "Slipway.slnx")).Single(project => project.Name == "Build");

        Assert.That(project.Assembly(new Paths(Repository.Root, Repository.Root), DotNetTool.Configuration), Is.EqualTo(typeof(TestProjectTests).Assembly.Location));
    }
}
