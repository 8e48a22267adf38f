using System.Text;

namespace Slipway.Build.Diagrams;

/// <summary>A graph of projects as a Mermaid flowchart: a box for each top-level folder, and an arrow from each project to those that it references.</summary>
public static class MermaidPicture
{
    public static string Of(ProjectGraph graph)
    {
        var text = new StringBuilder("```mermaid\nflowchart TD\n");
        foreach (var area in graph.Projects.GroupBy(project => project.Area))
        {
            text.Append($"  subgraph {area.Key}\n");
            foreach (var project in area)
                text.Append($"    {Id(project.Path)}[{project.Name}]\n");
            text.Append("  end\n");
        }

        foreach (var project in graph.Projects)
            foreach (var reference in project.References)
                text.Append($"  {Id(project.Path)} --> {Id(reference)}\n");
        return text.Append("```\n").ToString();
    }

    private static string Id(string project) => Path.ChangeExtension(project, null).Replace('/', '_');
}
