using Slipway.Build.Cli;

namespace Slipway.Build.Tasks;

[TaskDescription("Lists the targets with their arguments.")]
public sealed class Default : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => TargetList.Write(Console.Out, context.Targets);
}
