using System.Xml.Linq;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.TestReports;

/// <summary>A test project in the solution; other projects under tests/ are programs that tests start.</summary>
public sealed record TestProject(string Name, string Path)
{
    /// <summary>The built tests.</summary>
    public string Assembly(Paths paths, string configuration) =>
        System.IO.Path.Combine(paths.Output(System.IO.Path.GetDirectoryName(Path)!, configuration), $"{AssemblyName}.dll");

    /// <summary>Whether its temporary files are not to be kept in memory.</summary>
    public bool KeepsFilesOnDisk => Property("TestFilesOnDisk") == "true";

    private string AssemblyName => Property("AssemblyName") ?? System.IO.Path.GetFileNameWithoutExtension(Path);

    private string? Property(string name) => XDocument.Load(Path).Descendants(name).Select(property => property.Value).FirstOrDefault();

    public static IReadOnlyList<TestProject> In(string solution)
    {
        var root = System.IO.Path.GetDirectoryName(solution)!;
        return
        [
            .. XDocument.Load(solution).Descendants("Project")
                .Select(project => (string?)project.Attribute("Path"))
                .OfType<string>()
                .Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && path.EndsWith(".Tests.csproj", StringComparison.Ordinal))
                .Select(path => new TestProject(
                    System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)!), System.IO.Path.Combine(root, path))),
        ];
    }
}
