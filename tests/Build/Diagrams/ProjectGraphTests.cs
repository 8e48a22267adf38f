using Slipway.Build.Diagrams;

namespace Slipway.Build.Tests.Diagrams;

public sealed class ProjectGraphTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("slipway-");

    [TearDown]
    public void TearDown() => TestFolder.Remove(_folder);

    [Test]
    public void ReadsTheProjectsThatAreNoTestsAndTheirReferences()
    {
        var graph = Solution(("gateway/Proxy/Proxy.csproj", ["../../training/Registry/Registry.csproj"]), ("training/Registry/Registry.csproj", []), ("tests/Gateway/Gateway.Tests.csproj", ["../../gateway/Proxy/Proxy.csproj"]));

        Assert.That(graph.Projects.Select(project => (project.Area, project.Name)), Is.EqualTo(new[] { ("gateway", "Proxy"), ("training", "Registry") }));
        Assert.That(graph.Projects[0].References, Is.EqualTo(new[] { "training/Registry/Registry.csproj" }));
        Assert.That(graph.Projects[1].References, Is.Empty);
    }

    [Test]
    public void LeavesOutAReferenceThatFollowsFromOthers()
    {
        var graph = Solution(("a/A/A.csproj", ["../B/B.csproj", @"..\..\c\C\C.csproj"]), ("a/B/B.csproj", ["../../c/D/D.csproj"]), ("c/C/C.csproj", []), ("c/D/D.csproj", ["../C/C.csproj"])).Reduced();

        Assert.That(graph.Projects[0].References, Is.EqualTo(new[] { "a/B/B.csproj" }));
        Assert.That(graph.Projects[1].References, Is.EqualTo(new[] { "c/D/D.csproj" }));
    }

    [Test]
    public void IsDrawnWithABoxForEachFolderAndAnArrowForEachReference()
    {
        var graph = Solution(("a/A/A.csproj", ["../../c/C.csproj"]), ("c/C.csproj", []));

        Assert.That(MermaidPicture.Of(graph), Is.EqualTo(
            "```mermaid\nflowchart TD\n  subgraph a\n    a_A_A[A]\n  end\n  subgraph c\n    c_C[C]\n  end\n  a_A_A --> c_C\n```\n"));
    }

    private ProjectGraph Solution(params (string Path, string[] References)[] projects)
    {
        foreach (var (path, references) in projects)
        {
            var file = Path.Combine(_folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"<Project><ItemGroup>{string.Concat(references.Select(one => $"<ProjectReference Include=\"{one}\" />"))}</ItemGroup></Project>");
        }

        var solution = Path.Combine(_folder.FullName, "House.slnx");
        File.WriteAllText(solution, $"<Solution><Folder Name=\"/all/\">{string.Concat(projects.Select(project => $"<Project Path=\"{project.Path}\" />"))}</Folder></Solution>");
        return ProjectGraph.Read(solution);
    }
}
