using Slipway.Build.Cli;
using Slipway.Build.Workflows.Changes;

namespace Slipway.Build.Tasks;

[TaskDescription("Lists what changed since the base branch: code, images, infrastructure, workflows, and which models.")]
[Takes(nameof(Arguments.Base))]
public sealed class Changes : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        var reference = context.Required(Arguments.Base);
        var changes = context.Models.ChangesSince(reference);
        context.Report.ShowChanges(context.Job, reference, changes, BrokenModel.Among(changes.Models.Select(context.Models.FolderOf), context.Paths));
    }
}
