using Slipway.Build.Diagrams;

namespace Slipway.Build.Tasks;

[TaskDescription("Draws the picture of the projects in docs/architecture.md from their references.")]
public sealed class DrawArchitecture : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        var file = context.Paths.Architecture;
        var page = File.ReadAllText(file).ReplaceLineEndings("\n");
        var drawn = ArchitecturePage.WithPicture(page, MermaidPicture.Of(ProjectGraph.Read(context.Paths.Solution).Reduced()));
        if (drawn == page)
        {
            context.Report.Close($"{context.Paths.Relative(file)} already shows the references of today.");
            return;
        }

        File.WriteAllText(file, drawn);
        context.Report.Close($"{context.Paths.Relative(file)} now shows the references of today. Commit it with the change.");
    }
}
