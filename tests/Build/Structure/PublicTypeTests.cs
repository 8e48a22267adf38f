using Slipway.Build.Diagrams;

namespace Slipway.Build.Tests.Structure;

public sealed class PublicTypeTests
{
    [Test]
    public void NoTwoShareAName()
    {
        var types = ProjectGraph.Read(Path.Combine(Repository.Root, "Slipway.slnx")).Projects
            .SelectMany(project => Sources(Path.GetDirectoryName(Path.Combine(Repository.Root, project.Path))!))
            .SelectMany(file => PublicTypes.Of(File.ReadAllText(file)))
            .Distinct().ToList(); // the parts of a partial type are one, and so are two projects of which one's folder is in the other's

        Assert.That(types, Has.Count.AtLeast(800));
        Assert.That(
            types.GroupBy(type => type.Name).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => type.Namespace))}"),
            Is.Empty);
    }

    [Test]
    public void AreReadFromTheirDeclarations() =>
        Assert.That(
            PublicTypes.Of("namespace A.B;\n\npublic sealed partial class One;\n\npublic readonly record struct Two(int X)\n{\n    public enum Inner { }\n}\n\ninternal class Three;\n\npublic delegate Task<int> Four(int x);\n\npublic interface IFive<T>;\n"),
            Is.EqualTo(new[] { ("A.B", "One"), ("A.B", "Two"), ("A.B", "Four"), ("A.B", "IFive<T>") }));

    // stand-ins have the names of the packages that they replace
    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj", "StandIns"]).Any());
}
