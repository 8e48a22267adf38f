using System.Xml.Linq;

namespace Slipway.Build.Diagrams;

/// <summary>The projects of a solution that are not tests, and the references between them.</summary>
/// <param name="Projects">In the order of the solution.</param>
public sealed record ProjectGraph(IReadOnlyList<ProductProject> Projects)
{
    private const string Tests = "tests/";

    /// <param name="solution">The path of a .slnx file.</param>
    public static ProjectGraph Read(string solution)
    {
        var root = Path.GetDirectoryName(Path.GetFullPath(solution))!;
        var paths = Values(solution, "Project", "Path").Where(path => !path.StartsWith(Tests, StringComparison.Ordinal)).ToList();
        return new([.. paths.Select(path => new ProductProject(path, [.. ReferencesOf(root, path).Intersect(paths)]))]);
    }

    /// <summary>The same projects without the references that follow from others: if A references B and B references C, a reference from A to C is left out.</summary>
    public ProjectGraph Reduced()
    {
        var references = Projects.ToDictionary(project => project.Path, project => project.References);
        return new([.. Projects.Select(project => project with
        {
            References = [.. project.References.Where(one => !project.References.Any(other => other != one && Reachable(other, references).Contains(one)))],
        })]);
    }

    private static HashSet<string> Reachable(string from, Dictionary<string, IReadOnlyList<string>> references)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var next))
            foreach (var reference in references[next].Where(found.Add))
                open.Enqueue(reference);
        return found;
    }

    private static IEnumerable<string> ReferencesOf(string root, string project) =>
        Values(Path.Combine(root, project), "ProjectReference", "Include")
            .Select(include => Path.GetFullPath(include, Path.GetDirectoryName(Path.Combine(root, project))!))
            .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));

    private static IEnumerable<string> Values(string file, string element, string attribute) =>
        XDocument.Load(file).Descendants(element).Select(one => one.Attribute(attribute)?.Value).OfType<string>().Select(value => value.Replace('\\', '/'));
}
